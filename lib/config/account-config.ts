import { z } from 'zod';
import { OPT_IN_TYPES } from '../aws/regions';
import { AirGappedConfig } from './air-gapped-config';
import {
  AccountId,
  BackupName,
  closed,
  KeyAlias,
  KeyArn,
  mapOf,
  OuPath,
  Region,
  RoleArn,
  RoleName,
  RoleNameWithPath,
  regionsOf,
  ShortName,
  VaultName,
} from './fields';
import { Generations, lockOf } from './lock-config';

const accountId = AccountId.describe('The account id, in quotes: YAML reads a bare one as a number.');
const deployRole = RoleNameWithPath.nullable().optional();
const memberDeployRole = deployRole.describe(
  'The role in this account that Terraform assumes, with its path if it has one. Default: deployRole at the top. null: no role, the ambient identity is of this account already.',
);
const administrators = z
  .array(RoleArn)
  .default([])
  .describe(
    'Further roles of this account that may change what this file makes. Needed where deployRole is null: the role whose identity Terraform runs under then, or AWS refuses the policies that would lock it out.',
  );
const ouPath = OuPath.optional().describe(
  'The organizational unit the account is in, as the whole path o-…/r-…/ou-…/. Lets synth check it against vaultAccess.ouPaths and guardrails.attachTo.',
);
const keyArn = KeyArn.optional().describe(
  'A customer-managed key that exists already, for the vault. Default: a key of its own is made. What its policy must say is written to cdktf.out/key-policies.',
);
const names = {
  vault: VaultName.optional().describe(
    'The physical name of the vault. Changing it asks for another vault, which preventDestroy refuses.',
  ),
  restoreRole: RoleName.optional().describe('The physical name of the restore role.'),
  keyAlias: KeyAlias.optional().describe('The alias of the key, with alias/ before it.'),
};
const preventDestroy = z
  .boolean()
  .default(true)
  .describe(
    'Whether Terraform refuses to destroy or replace the vaults of this Region and the keys made here. Write false only to remove them for good, and read docs/runbooks/removing-a-site.md first.',
  );
const namesNote = 'Physical names that exist already, or that a naming rule asks for. Default: made from prefix.';

const DestinationRegion = closed({
  names: closed(names).prefault({}).describe(namesNote),
  keyArn,
  lock: lockOf('destination'),
  generations: Generations,
  airGapped: AirGappedConfig,
  preventDestroy,
});

export const DestinationConfig = closed({
  accountId,
  deployRole: memberDeployRole,
  administrators,
  ouPath,
  regions: regionsOf(DestinationRegion).describe(
    'The Regions with a vault: a list, or a map with what is special in each.',
  ),
  vaultAccess: z
    .union(
      [
        z.literal('accounts').describe('The source accounts whose plans copy here, one by one; at most 100.'),
        z.literal('organization').describe('Every account of the organization.'),
        closed({
          ouPaths: z
            .array(OuPath)
            .min(1)
            .describe('Organizational units, as whole paths; accounts below them count too.'),
        }).describe('Every account in the organizational units.'),
      ],
      { error: 'must be accounts, organization or { ouPaths: […] }' },
    )
    .default('accounts')
    .describe(
      'Who may copy into the vaults: accounts, organization, or { ouPaths: […] }; always with the backup role only.',
    ),
}).describe('An account that keeps copies.');
export type DestinationConfig = z.output<typeof DestinationConfig>;

const KeyPolicy = z
  .enum(['strict', 'compat'])
  .describe(
    "strict: the destination's service-linked role may do to shared keys what its own policy lets it do. compat: the longer list of AWS's knowledge base, for a copy that strict stops.",
  );

const SourceRegion = closed({
  plans: z.array(ShortName).optional().describe("The plans of this Region. Default: the source's plans."),
  names: closed({
    ...names,
    backupRole: RoleName.optional().describe('The physical name of the backup role.'),
    scannerRole: RoleName.optional().describe('The physical name of the role that scans, where a plan has any.'),
    resourceKeyAlias: KeyAlias.optional().describe('The alias of the resource key, with alias/ before it.'),
    plans: z.record(ShortName, BackupName).default({}).describe('Plan by plan, its physical name.'),
  })
    .prefault({})
    .describe(namesNote),
  keyArn,
  resourceKeys: z
    .array(KeyArn)
    .default([])
    .describe(
      'Customer-managed keys that encrypt the resources and exist already. What their policies must say is an output, and a file for each in cdktf.out/key-policies.',
    ),
  createResourceKey: z
    .boolean()
    .default(false)
    .describe('Whether to make a key for EBS, RDS and other resources that the destinations may read copies of.'),
  regionSettings: z
    .enum(['manage', 'leave'])
    .default('manage')
    .describe("manage: the account's opt-ins in the Region are set. leave: they stay as they are."),
  optIn: mapOf(z.enum(OPT_IN_TYPES), z.boolean(), `a type to opt in to: ${OPT_IN_TYPES.join(', ')}`)
    .default({})
    .describe(
      'Types to opt in or out of, one by one; also the way to name a type that is newer in the Region than this version. Default: every type of the Region is opted in.',
    ),
  managementPreference: closed({
    DynamoDB: z.boolean().default(true).describe('DynamoDB tables; without it they are not copied at all.'),
    EFS: z.boolean().default(true).describe('EFS file systems.'),
  })
    .prefault({})
    .describe('Types that AWS Backup manages fully, so that their recovery points can be copied and locked.'),
  keyPolicy: KeyPolicy.default('strict'),
  lock: lockOf('source'),
  generations: Generations,
  airGapped: AirGappedConfig,
  preventDestroy,
});

export const SourceConfig = closed({
  accountId,
  deployRole: memberDeployRole,
  administrators,
  ouPath,
  regions: regionsOf(SourceRegion).describe('The Regions to back up: a list, or a map with what is special in each.'),
  plans: z.array(ShortName).default([]).describe('The plans of every Region that names none of its own.'),
  copyBack: z
    .boolean()
    .default(false)
    .describe('Whether the destinations may copy recovery points back into the vaults of this source.'),
}).describe('An account whose resources are backed up.');
export type SourceConfig = z.output<typeof SourceConfig>;

export const ManagementConfig = closed({
  accountId,
  region: Region.describe('The Region of the organization-wide settings. Keep it: they exist once.'),
  deployRole: deployRole.describe(
    'The role in the management account that Terraform assumes. Default: none, the ambient identity is of that account (AWS makes OrganizationAccountAccessRole in member accounts only).',
  ),
  delegatedAdministrator: ShortName.optional().describe(
    'The destination that becomes delegated administrator of AWS Backup.',
  ),
  globalSettings: closed({
    crossAccountBackup: z
      .boolean()
      .default(true)
      .describe('Whether accounts of the organization may copy to one another. No copy leaves its account without it.'),
    multiPartyApproval: z
      .boolean()
      .describe(
        'Whether multi-party approval is on for the whole organization. No default: the setting is not ours alone; look first with aws backup describe-global-settings.',
      ),
    delegatedAdministrator: z
      .boolean()
      .describe(
        'Whether AWS Backup keeps delegated-administrator permissions in step with Organizations, for the whole organization. No default: look first with aws backup describe-global-settings.',
      ),
  }).describe("AWS Backup's settings of the whole organization, one value for all."),
}).describe('The management account of the organization.');
export type ManagementConfig = z.output<typeof ManagementConfig>;
