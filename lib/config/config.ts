import { z } from 'zod';
import { DestinationConfig, ManagementConfig, SourceConfig } from './account-config';
import { closed, OrganizationId, RoleArn, RoleNameWithPath, RootId, ShortName, Tags } from './fields';
import { GuardrailsConfig } from './guardrails-config';
import { OrganizationPoliciesConfig } from './organization-policies-config';
import { PlanConfig } from './plan-config';
import { StateConfig } from './state-config';

/** All that the operator says: the one home of each setting's shape, default, unit and description. */
export const Config = closed({
  $schema: z.string().optional().describe('The JSON schema an editor checks this file against; not used otherwise.'),
  organization: closed({
    id: OrganizationId.describe('The id of the organization, o-….'),
    rootId: RootId.optional().describe('The id of its root, r-…; when given, the apply checks it.'),
  }).describe('The AWS Organization that all accounts are in.'),
  prefix: z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9-]{0,18}[a-zA-Z0-9]$/, 'must be 2 to 20 letters, digits and -, and start with a letter')
    .default('cab')
    .describe('What every physical name starts with. Changing it asks for other vaults, which preventDestroy refuses.'),
  strict: z.boolean().default(false).describe('Whether warnings stop the synth as errors do.'),
  state: StateConfig.prefault({ backend: 'local' }),
  deployRole: RoleNameWithPath.default('OrganizationAccountAccessRole').describe(
    'The role that Terraform assumes in each member account, with its path if it has one.',
  ),
  deployRolePolicyFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A file with the identity policy of the deploy role, relative to this file. Only the proof reads it. Default: the deploy role counts as an administrator.',
    ),
  breakGlassRoles: z
    .array(RoleArn)
    .default([])
    .describe(
      'Roles that may do in an emergency what vault, key and guardrails deny to everybody else: take off a lock, delete a recovery point, change a policy.',
    ),
  tags: Tags.default({}).describe('Tags of everything that is made.'),
  management: ManagementConfig,
  destinations: z.record(ShortName, DestinationConfig).describe('The accounts that keep copies, by name.'),
  sources: z.record(ShortName, SourceConfig).describe('The accounts that are backed up, by name.'),
  plans: z.record(ShortName, PlanConfig).describe('The backup plans, by name.'),
  guardrails: GuardrailsConfig.prefault({}),
  acceptFailingProof: z
    .string()
    .min(1)
    .optional()
    .describe('Why the stacks may be written although their proof fails. Take it away as soon as the reason is gone.'),
  organizationPolicies: OrganizationPoliciesConfig.prefault({}),
}).describe('An AWS Organization whose backups are copied to other accounts and Regions.');
export type Config = z.output<typeof Config>;
export type ConfigInput = z.input<typeof Config>;
