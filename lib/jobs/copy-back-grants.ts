import { BackupClient, DescribeBackupVaultCommand, DescribeGlobalSettingsCommand } from '@aws-sdk/client-backup';
import { IAMClient } from '@aws-sdk/client-iam';
import type { Entry } from '../accounts/entry';
import { backupServiceLinkedRoleArn } from '../aws/arn';
import { BACKUP_PRINCIPAL } from '../aws/backup';
import type { Caller } from '../iam/request';
import { ask } from '../live/ask';
import { inParallel } from '../live/in-parallel';
import { LiveError } from '../live/live-error';
import { hasServiceLinkedRole } from '../live/service-linked-role';
import type { DestinationSite, SourceSite } from '../topology/topology';
import type { Vault } from './edges';
import type { FoundPoint } from './find-recovery-point';
import { keyRequests, type Question, refusal, roleCaller } from './grant-questions';
import { readKey, readRole, readVaultPolicy } from './live-policies';

/** Something that a copy back needs. */
export interface Grant {
  readonly what: string;
  readonly isThere: boolean | 'unknown';
  /** What lacks, or why it could not be read. */
  readonly reason?: string;
  /** What to do about it. */
  readonly wayOut?: string;
}

/** The two ends of a copy back. */
export interface CopyBackEnds {
  readonly found: FoundPoint<DestinationSite>;
  readonly source: SourceSite;
  /** The vault of the source that takes it in. */
  readonly vault: Vault;
  readonly organizationId: string;
}

/**
 * Asks the policies as they are now whether a copy back would be let through: the restore role, the vaults of both ends and
 * their keys. Service control policies are not read: no member account may see its own.
 */
export function copyBackGrants(entry: Entry, ends: CopyBackEnds): Promise<Grant[]> {
  const { found, source, vault, organizationId } = ends;
  const destination = found.site;
  const deploys = (site: DestinationSite | SourceSite) => `deploy ${site.stackName}`;
  const role = roleCaller(destination.restoreRole.arn, destination.accountId);
  const copyOut = { 'backup:CopyTargets': [vault.arn] };
  const around = { 'aws:PrincipalOrgID': organizationId };
  const checks: readonly Check[] = [
    {
      what: 'cross-account backup is on',
      wayOut: 'deploy management',
      lacks: async () => {
        const client = await entry.client(BackupClient, source);
        const { GlobalSettings } = await ask('backup:DescribeGlobalSettings', () =>
          client.send(new DescribeGlobalSettingsCommand({})),
        );
        return GlobalSettings?.isCrossAccountBackupEnabled === 'true' ? undefined : 'it is off for the organization';
      },
    },
    {
      what: `AWS Backup may take ${destination.restoreRole.name}, which may copy out`,
      wayOut: deploys(destination),
      lacks: async () => {
        const { accountId, restoreRole } = destination;
        const { arn } = restoreRole;
        const live = await readRole(entry, arn, destination.region);
        if (!live) return `there is no role ${arn}`;
        const resource = await readVaultPolicy(entry, found.vault);
        const point = { arn: found.arn, accountId };
        const trusted = { resource: { arn, accountId }, context: { 'aws:SourceAccount': accountId } };
        const service: Caller = { kind: 'service', id: BACKUP_PRINCIPAL, accountId: undefined };
        return firstRefusal([
          { caller: service, action: 'sts:AssumeRole', ...trusted, identity: [], policy: live.trust },
          {
            caller: role,
            action: 'backup:CopyFromBackupVault',
            resource: point,
            context: { ...around, ...copyOut },
            identity: live.identity,
            policy: resource,
          },
        ]);
      },
    },
    {
      what: `vault ${vault.name} of ${vault.label} lets it copy in`,
      wayOut: deploys(source),
      lacks: async () => {
        const live = await readRole(entry, destination.restoreRole.arn, destination.region);
        const policy = await readVaultPolicy(entry, vault);
        const { arn, accountId } = vault;
        const action = 'backup:CopyIntoBackupVault';
        const identity = live?.identity ?? [];
        return firstRefusal([
          { caller: role, action, resource: { arn, accountId }, context: around, identity, policy },
        ]);
      },
    },
    {
      what: `account ${source.accountId} has AWS Backup's service-linked role`,
      wayOut: 'npm run bootstrap',
      lacks: async () => {
        const iam = await entry.client(IAMClient, source);
        return (await hasServiceLinkedRole(iam, BACKUP_PRINCIPAL)) ? undefined : 'it is not there';
      },
    },
    {
      what: `the key of the recovery point lets account ${source.accountId} read it`,
      wayOut: `${deploys(destination)}, or for a key of somebody else add what synth writes to cdktf.out/key-policies`,
      lacks: () => keyRefusal(entry, found.described.EncryptionKeyArn, ends, 'read'),
    },
    {
      what: `the key of vault ${vault.name} can be used`,
      wayOut: deploys(source),
      lacks: async () => {
        const client = await entry.client(BackupClient, source);
        const which = { BackupVaultName: vault.name };
        const live = await ask('backup:DescribeBackupVault', () => client.send(new DescribeBackupVaultCommand(which)));
        return keyRefusal(entry, live.EncryptionKeyArn, ends, 'write');
      },
    },
  ];
  return inParallel(checks.length, checks, async ({ what, wayOut, lacks }): Promise<Grant> => {
    try {
      const reason = await lacks();
      return reason === undefined ? { what, isThere: true } : { what, isThere: false, reason, wayOut };
    } catch (error) {
      if (!(error instanceof LiveError)) throw error;
      return { what, isThere: 'unknown', reason: error.message };
    }
  });
}

interface Check {
  readonly what: string;
  readonly wayOut: string;
  /** What lacks; undefined where all is there. */
  readonly lacks: () => Promise<string | undefined>;
}

const firstRefusal = (questions: readonly Question[]): string | undefined => {
  for (const question of questions) {
    const reason = refusal(question);
    if (reason !== undefined) return reason;
  }
  return undefined;
};

/** Whether AWS Backup of the source may use a key as it does in a copy; a resource without encryption has none. */
async function keyRefusal(
  entry: Entry,
  keyArn: string | undefined,
  { found, source, organizationId }: CopyBackEnds,
  use: 'read' | 'write',
): Promise<string | undefined> {
  if (keyArn === undefined) return undefined;
  const key = await readKey(entry, keyArn);
  if (!key.isEnabled) return `${keyArn} is not enabled`;
  const arn = backupServiceLinkedRoleArn(source.partition, source.accountId);
  return firstRefusal(
    keyRequests({
      caller: roleCaller(arn, source.accountId),
      key: { arn: keyArn, accountId: key.accountId },
      policy: key.policy,
      recoveryPointArn: found.arn,
      regions: [found.site.region, source.region],
      organizationId,
      use,
    }),
  );
}
