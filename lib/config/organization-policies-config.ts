import { z } from 'zod';
import { MAX_RETENTION_DAYS } from '../aws/limits';
import { AccountId, closed, OuPath, Region, RetentionDays, RootId, ShortName } from './fields';

/** What stands for the management account where else the name of a destination would. */
export const FROM_MANAGEMENT = 'management';

const RolloutConfig = closed({
  name: ShortName.describe('The name of the rollout, unique among them: policies are called after it.'),
  plans: z.array(ShortName).min(1).describe('The plans that every account of the rollout gets.'),
  regions: z.array(Region).min(1).describe('The Regions in which they back up, and where the baseline is made.'),
  ous: z
    .array(OuPath)
    .default([])
    .describe(
      'Organizational units, as whole paths o-…/r-…/ou-…/; accounts below them count too, and those that join later. The path without a unit is the root.',
    ),
  accounts: z
    .array(AccountId)
    .default([])
    .describe('Single accounts, by their ids. None that is in one of the units of a rollout already.'),
  acknowledgeRoot: RootId.optional().describe(
    'The root id, written out when ous names the root: you know that the plans reach every account then, the management account and the destinations too, and that guardrails bind every member account.',
  ),
}).describe('Plans for accounts that are not named one by one in sources.');
export type RolloutConfig = z.output<typeof RolloutConfig>;

const BaselineConfig = closed({
  lock: z
    .discriminatedUnion('mode', [
      closed({ mode: z.literal('none').describe('No lock.') }).describe('No lock.'),
      closed({
        mode: z.literal('governance').describe('A lock that those with the permission to do so can take off.'),
        minRetentionDays: RetentionDays.default(1).describe('The shortest retention, in days, that a job may have.'),
        maxRetentionDays: RetentionDays.default(MAX_RETENTION_DAYS).describe(
          'The longest retention, in days, that a job may have.',
        ),
      }).describe('A lock that those with the permission to do so can take off.'),
    ])
    .prefault({ mode: 'none' })
    .describe(
      'The lock of the vault in every account. No compliance: it would be for ever in accounts that join by themselves.',
    ),
  createResourceKey: z
    .boolean()
    .default(false)
    .describe('Whether to make a key for EBS, RDS and other resources that the destinations may read copies of.'),
  keyPolicy: z
    .enum(['strict', 'compat'])
    .default('strict')
    .describe('What the destinations may do with shared keys, as for a source.'),
  failureTolerancePercentage: z
    .int()
    .min(0)
    .max(100)
    .default(20)
    .describe('Percent of the accounts of a Region in which the baseline may fail before the rest is left alone.'),
  maxConcurrentPercentage: z
    .int()
    .min(1)
    .max(100)
    .default(20)
    .describe('Percent of the accounts of a Region that get the baseline at the same time.'),
}).describe('What StackSets make in every account and Region of a rollout: vault, keys and roles.');
export type BaselineConfig = z.output<typeof BaselineConfig>;

/** A statement of somebody else, which is kept as it is. */
const ForeignStatement = z.record(z.string(), z.json()).describe('One statement, as it stands there now.');

const DelegationConfig = closed({
  existing: z
    .union(
      [
        z.literal('none').describe('The organization has no resource policy yet.'),
        closed({
          id: z
            .string()
            .regex(/^rp-[0-9a-zA-Z_]{4,128}$/, 'must be the id of a resource policy such as rp-abc12345')
            .describe('Its id, rp-…: the first deploy takes the policy over under it.'),
          statements: z.array(ForeignStatement).min(1).describe('Its statements, which are kept as they are.'),
        }).describe('The resource policy that is there already.'),
      ],
      { error: 'must be none, or the policy that is there as { id: rp-…, statements: […] }' },
    )
    .describe(
      'What aws organizations describe-resource-policy shows now: none, or { id, statements }. No default: there is one such policy in an organization, and the deploy puts ours in its place.',
    ),
}).describe(
  "Lets the account of runFrom manage backup policies, by the organization's resource policy. Default: somebody else has let it.",
);
export type DelegationConfig = z.output<typeof DelegationConfig>;

/**
 * The rollout by AWS's own engines: backup policies for plans, StackSets for what they need.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup.html
 */
export const OrganizationPoliciesConfig = closed({
  rollouts: z.array(RolloutConfig).default([]).describe('Which plans reach which accounts by backup policies.'),
  runFrom: ShortName.default(FROM_MANAGEMENT).describe(
    'The account that holds policies and StackSets: management, or a destination, which then becomes delegated administrator of StackSets.',
  ),
  baseline: BaselineConfig.prefault({}),
  delegation: DelegationConfig.optional(),
  regions: z
    .array(Region)
    .default([])
    .describe(
      'Further Regions in which backup policies of others make plans. Such plans obey the opt-ins of the management account, so these are set there, as in the Regions of the rollouts.',
    ),
}).describe('The organization-wide rollout by backup policies and StackSets.');
export type OrganizationPoliciesConfig = z.output<typeof OrganizationPoliciesConfig>;
