import { z } from 'zod';
import { MAX_WINDOW_MINUTES, MIN_WINDOW_MINUTES, PLAN_LIMITS } from '../aws/limits';
import { RESOURCE_TYPE_NAMES } from '../aws/resource-types';
import { INDEXED_TYPES, SCAN_MODES, SCANNED_TYPES } from '../aws/scans';
import { BackupName, closed, RetentionDays, TagKey, Tags, TagValue, wordOf } from './fields';

const lifecycle = {
  deleteAfterDays: RetentionDays.describe(
    'Days after its creation when a recovery point expires, 1 to 36500. 36500 stands for ever.',
  ),
  moveToColdStorageAfterDays: RetentionDays.optional().describe(
    'Days after its creation when a recovery point moves to cold storage; stays warm without it. Must then be kept at least 90 days more. Types without cold storage ignore it.',
  ),
  optInToArchive: z
    .boolean()
    .default(false)
    .describe('Whether EBS snapshots move to the archive tier too; without it EBS ignores moveToColdStorageAfterDays.'),
};

const CopyConfig = closed({
  to: z
    .string()
    .describe(
      'Where the copy goes: <destination>/<region> of this file, <destination>/<region>/air-gapped for the air-gapped vault there, or the ARN of a vault outside it (what that vault must allow is written to cdktf.out/policies).',
    ),
  ...lifecycle,
}).describe('A copy of every recovery point of the rule, with a lifecycle of its own.');

/** A list of some of few types, each once. */
const typesOf = <Type extends string>(types: readonly [Type, ...Type[]], can: string) =>
  z
    .array(wordOf(types, `a type that ${can}: ${types.join(', ')}`))
    .min(1)
    .refine((given) => new Set(given).size === given.length, 'must name each type once');

const SCANS = Object.keys(SCAN_MODES) as [keyof typeof SCAN_MODES, ...(keyof typeof SCAN_MODES)[]];

const RuleConfig = closed({
  name: BackupName.describe('The name of the rule: say cadence and retention, such as daily-kept-35-days.'),
  schedule: z
    .string()
    .min(1)
    .describe('When backups start, as cron(minutes hours day-of-month month day-of-week year).'),
  timezone: z.string().min(1).default('Etc/UTC').describe('The IANA time zone the schedule is read in.'),
  startWindowMinutes: z
    .int()
    .min(MIN_WINDOW_MINUTES)
    .max(MAX_WINDOW_MINUTES)
    .default(480)
    .describe('Minutes after the scheduled time within which a job must have started, or it is cancelled.'),
  completionWindowMinutes: z
    .int()
    .min(MIN_WINDOW_MINUTES)
    .max(MAX_WINDOW_MINUTES)
    .default(10_080)
    .describe('Minutes after the start within which a job must have ended, or it is cancelled.'),
  ...lifecycle,
  enableContinuousBackup: z
    .boolean()
    .default(false)
    .describe('Whether types that can are backed up continuously, for point-in-time restore; at most 35 days.'),
  targetAirGapped: z
    .boolean()
    .default(false)
    .describe(
      'Whether recovery points go to the air-gapped vault of the source, which each Region of it that uses the plan must then have. Types that AWS Backup does not manage fully pass through its vault, where those that no air-gapped vault takes stay. Needs a Terraform AWS provider of 6.24.0 or later.',
    ),
  recoveryPointTags: Tags.refine((tags) => Object.keys(tags).length <= PLAN_LIMITS.recoveryPointTags, {
    error: `must have at most ${PLAN_LIMITS.recoveryPointTags} tags`,
  })
    .default({})
    .describe('Tags that every recovery point of the rule gets.'),
  index: typesOf(INDEXED_TYPES, 'AWS Backup indexes')
    .optional()
    .describe(
      "Types whose recovery points are indexed, so that the files and objects in them can be searched for; none without it. For plans of rollouts alone: no release of Terraform's AWS provider can say it.",
    ),
  scan: z
    .enum(SCANS, { error: () => `must be ${SCANS.join(' or ')}` })
    .optional()
    .describe(
      'Whether GuardDuty scans each recovery point for malware: all of it (full), or what has changed since the last scan (incremental); no scan without it. Sources with a stack need a Terraform AWS provider of 6.25.0 or later.',
    ),
  copies: z
    .array(CopyConfig)
    .max(PLAN_LIMITS.copiesInRule)
    .default([])
    .describe('Where else each recovery point goes.'),
}).describe('When to back up, and how long to keep.');

const oneValue = z.record(TagKey, TagValue);
const valueOrValues = z.record(TagKey, z.union([TagValue, z.array(TagValue).min(1)]));

const ResourceTypeWord = wordOf(RESOURCE_TYPE_NAMES, `a resource type: ${RESOURCE_TYPE_NAMES.join(', ')}`);

const SelectionConfig = closed({
  name: BackupName.describe('The name of the selection, unique in its plan.'),
  tags: z
    .record(TagKey, TagValue)
    .default({})
    .describe('Tags that a resource must have, all of them, by their exact value (upper and lower case differ).'),
  anyTag: z
    .array(closed({ key: TagKey.describe('Tag key.'), value: TagValue.describe('Exact tag value.') }))
    .default([])
    .describe('Tags of which a resource must have at least one. Not together with resources or resourceTypes.'),
  resources: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'ARNs that a resource must match one of; * only where AWS takes it. {account} and {region} stand for those of each source.',
    ),
  resourceTypes: z.array(ResourceTypeWord).default([]).describe('Resource types that a resource must be one of.'),
  conditions: closed({
    equals: oneValue.default({}).describe('Tag key and the exact value it must have.'),
    notEquals: valueOrValues.default({}).describe('Tag key and the value, or values, it must not have.'),
    like: oneValue.default({}).describe('Tag key and a pattern with * its value must match.'),
    notLike: valueOrValues.default({}).describe('Tag key and the pattern, or patterns, its value must not match.'),
  })
    .prefault({})
    .describe('Conditions on tags, all of which must hold.'),
  notResources: z.array(z.string().min(1)).default([]).describe('ARNs that are left out, with * as in resources.'),
  notResourceTypes: z.array(ResourceTypeWord).default([]).describe('Resource types that are left out.'),
}).describe('Which resources the plan backs up. Every field narrows; write a second selection for "or".');
export type SelectionConfig = z.output<typeof SelectionConfig>;

export const PlanConfig = closed({
  rules: z.array(RuleConfig).min(1).max(PLAN_LIMITS.rules).describe('The rules of the plan.'),
  selections: z.array(SelectionConfig).max(PLAN_LIMITS.selections).default([]).describe('The resources of the plan.'),
  windowsVss: z
    .boolean()
    .default(false)
    .describe('Whether EC2 instances with Windows are backed up consistently by VSS.'),
  scanTypes: typesOf(SCANNED_TYPES, 'GuardDuty scans')
    .optional()
    .describe('The types that rules with scan have scanned. Default: every type that GuardDuty scans.'),
}).describe('A backup plan; each source that names it gets one.');
export type PlanConfig = z.output<typeof PlanConfig>;
export type RuleConfig = PlanConfig['rules'][number];
export type CopyConfig = RuleConfig['copies'][number];
