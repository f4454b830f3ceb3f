import {
  DeleteBackupVaultLockConfigurationCommand,
  DeleteRecoveryPointCommand,
  DescribeBackupVaultCommand,
  paginateListBackupVaults,
  paginateListRecoveryPointsByBackupVault,
} from '@aws-sdk/client-backup';
import { IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, type KeyMetadata, KMSClient, paginateListKeys } from '@aws-sdk/client-kms';
import { OrganizationsClient, paginateListPolicies } from '@aws-sdk/client-organizations';
import { roleArn } from '../../lib/aws/arn';
import { everySite } from '../../lib/topology/every-site';
import type { Topology } from '../../lib/topology/topology';
import type { AskBackup } from './clients';
import { CREATED_WITH_ACCOUNT } from './found-organization';
import type { Credentials } from './identities';
import type { Trial } from './trial';
import { UNSHARED } from './workload';

/** What an emergency took away. */
export interface Removed {
  readonly locks: number;
  readonly recoveryPoints: number;
}

/** Takes governance locks and recovery points away, as only an exempted role can; what is locked for ever stays. */
export async function breakGlass({ destinations, sources }: Topology, ask: AskBackup, now: Date): Promise<Removed> {
  let locks = 0;
  let recoveryPoints = 0;
  for (const site of [...destinations, ...sources])
    await ask(site, async (client) => {
      for (const { vaultName } of [site.vault, ...site.retiredVaults]) {
        const which = { BackupVaultName: vaultName };
        const { Locked, LockDate } = await client.send(new DescribeBackupVaultCommand(which));
        if (isSet(LockDate, now)) continue;
        if (Locked) {
          await client.send(new DeleteBackupVaultLockConfigurationCommand(which));
          locks += 1;
        }
        const arns: string[] = [];
        for await (const { RecoveryPoints = [] } of paginateListRecoveryPointsByBackupVault({ client }, which))
          arns.push(...RecoveryPoints.flatMap(({ RecoveryPointArn }) => RecoveryPointArn ?? []));
        for (const RecoveryPointArn of arns)
          await client.send(new DeleteRecoveryPointCommand({ ...which, RecoveryPointArn }));
        recoveryPoints += arns.length;
      }
    });
  return { locks, recoveryPoints };
}

/** Something of the stacks that is still there. */
export interface Remnant {
  readonly what: string;
  /**
   * Who keeps it: AWS keys for the days of their deletion and vaults that nobody can unlock, StackSets what they have made
   * in accounts, whose recovery points hang on it. Undefined of what should be gone.
   */
  readonly keptBy: 'AWS' | 'StackSets' | undefined;
}

/** What is still there of what the stacks made: vaults, keys, roles and policies of the organization. */
export async function remnantsOf(
  topology: Topology,
  { aws, operators, ask }: Pick<Trial, 'aws' | 'operators' | 'ask'>,
): Promise<Remnant[]> {
  const { destinations, sources, management } = topology;
  const before = rolesBefore(topology);
  const remnants: Remnant[] = [];
  for (const site of [...destinations, ...sources]) {
    const where = `in ${site.accountId} ${site.region}`;
    const keeper = (physicalId: string | undefined, isKeptByAws: boolean): Remnant['keptBy'] => {
      if (isKeptByAws) return 'AWS';
      const isLeft = aws.stackSets.stackSets.leftBehind.some(
        (left) => left.accountId === site.accountId && left.physicalId === physicalId,
      );
      return isLeft ? 'StackSets' : undefined;
    };
    const credentials = await operators.of(site.accountId);
    await ask(site, async (client) => {
      for await (const { BackupVaultList = [] } of paginateListBackupVaults({ client }, {}))
        for (const { BackupVaultName, NumberOfRecoveryPoints, LockDate } of BackupVaultList)
          remnants.push({
            what: `vault ${BackupVaultName} ${where} with ${NumberOfRecoveryPoints} recovery points`,
            keptBy: keeper(BackupVaultName, isSet(LockDate, aws.backup.world.clock())),
          });
    });
    for (const { Description, DeletionDate, KeyId } of await keysIn(site.region, aws.url, credentials))
      remnants.push({
        what: `key ${KeyId} ${where} (${Description})${DeletionDate ? `, deleted on ${DeletionDate.toISOString().slice(0, 10)}` : ''}`,
        keptBy: keeper(KeyId, DeletionDate !== undefined),
      });
    for (const role of await rolesIn(aws.url, credentials, before))
      remnants.push({
        what: `role ${role} in ${site.accountId}`,
        keptBy: role.startsWith(EXECUTOR) ? 'StackSets' : keeper(role, false),
      });
  }
  const organizations = new OrganizationsClient({
    region: management.region,
    endpoint: aws.url,
    credentials: operators.management,
  });
  for (const Filter of ['SERVICE_CONTROL_POLICY', 'BACKUP_POLICY'] as const)
    for await (const { Policies = [] } of paginateListPolicies({ client: organizations }, { Filter }))
      for (const { Name, AwsManaged, Type } of Policies)
        if (!AwsManaged) remnants.push({ what: `${Type} ${Name}`, keptBy: undefined });
  organizations.destroy();
  return [...new Map(remnants.map((remnant) => [remnant.what, remnant])).values()];
}

/** What the names of the roles start with that StackSets work under. */
const EXECUTOR = 'stacksets-exec-';

const isSet = (lockDate: Date | undefined, now: Date) => lockDate !== undefined && lockDate <= now;

/** Customer-managed keys, but for the one that the trial made to show a copy fail. */
async function keysIn(region: string, endpoint: string, credentials: Credentials): Promise<KeyMetadata[]> {
  const kms = new KMSClient({ region, endpoint, credentials });
  const keys: KeyMetadata[] = [];
  for await (const { Keys = [] } of paginateListKeys({ client: kms }, {}))
    for (const { KeyId } of Keys) {
      const { KeyMetadata: key } = await kms.send(new DescribeKeyCommand({ KeyId }));
      if (key && key.KeyManager !== 'AWS' && key.Description !== UNSHARED) keys.push(key);
    }
  kms.destroy();
  return keys;
}

/** Roles that the first deploy finds there: those that deploy, and the one that the states are read and written by. */
function rolesBefore(topology: Topology): ReadonlySet<string | undefined> {
  const { state, management } = topology;
  const ofStates =
    state.backend === 's3' && state.accountId !== undefined && state.role !== undefined
      ? [roleArn(management.partition, state.accountId, state.role)]
      : [];
  return new Set([...everySite(topology).map(({ deployRoleArn }) => deployRoleArn), ...ofStates]);
}

/** Roles that stacks make: not those of AWS's services, nor those that were there before. */
async function rolesIn(endpoint: string, credentials: Credentials, before: ReadonlySet<string | undefined>) {
  const iam = new IAMClient({ region: 'us-east-1', endpoint, credentials });
  const names: string[] = [];
  for await (const { Roles = [] } of paginateListRoles({ client: iam }, {}))
    for (const { Arn, Path, RoleName } of Roles)
      if (!Path?.startsWith('/aws-service-role/') && RoleName !== CREATED_WITH_ACCOUNT && !before.has(Arn))
        names.push(RoleName ?? '');
  iam.destroy();
  return names;
}
