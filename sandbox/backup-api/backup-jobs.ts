import type { BackupJob, Lifecycle, RecoveryPointCreator } from '@aws-sdk/client-backup';
import { knownFactsOf } from '../fixtures/recovery-points';
import { invalidRequest, invalidValue, notFound } from './errors';
import { emitBackupJob } from './events';
import { lifecycleProblem, retentionDays } from './lifecycle';
import { found, isMadeWithin, page, vaultOf } from './lookups';
import type { Call, Handlers } from './operations';
import type { RecoveryPoint, Vault } from './place';
import { makeRecoveryPoint } from './recovery-point-maker';
import type { Resource } from './seams';
import { retentionRefusal } from './vault-lock';
import type { World } from './world';

/** What a backup job backs up, and where. */
export interface BackupOrder {
  readonly vault: Vault;
  readonly resource: Resource;
  readonly roleArn: string;
  readonly lifecycle: Lifecycle | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdBy: RecoveryPointCreator | undefined;
  /** Done with what came of it, such as copying it. */
  readonly onCompleted?: (recoveryPoint: RecoveryPoint) => void;
}

/** Backup jobs on demand; those of plans are started the same way. */
export const backupJobHandlers = {
  StartBackupJob: async (given, call) => {
    const vault = vaultOf(call, given.BackupVaultName);
    const problem = lifecycleProblem(given.Lifecycle ?? {});
    if (problem) throw invalidValue(problem);
    const resources = await call.world.seams.resources(call.accountId, call.region);
    const resource = resources.find(({ arn }) => arn === given.ResourceArn);
    if (!resource) throw notFound('Resource', given.ResourceArn);
    if (vault.type !== 'BACKUP_VAULT') throw invalidRequest('A backup job cannot target an air-gapped vault alone');
    const { Lifecycle: lifecycle, RecoveryPointTags: tags = {}, IamRoleArn: roleArn } = given;
    const job = startBackup(call.world, { vault, resource, roleArn, lifecycle, tags, createdBy: undefined });
    return { BackupJobId: job.BackupJobId, CreationDate: job.CreationDate };
  },

  DescribeBackupJob: ({ BackupJobId }, { place }) => found(place.backupJobs, 'Backup job', BackupJobId),

  ListBackupJobs: (by, { place }) => {
    const all = [...place.backupJobs.values()].filter(
      (job) =>
        (by.ByState === undefined || job.State === by.ByState) &&
        (by.ByResourceArn === undefined || job.ResourceArn === by.ByResourceArn) &&
        (by.ByResourceType === undefined || job.ResourceType === by.ByResourceType) &&
        (by.ByBackupVaultName === undefined || job.BackupVaultName === by.ByBackupVaultName) &&
        isMadeWithin(job, by),
    );
    const { items, NextToken } = page(all.reverse(), by);
    return { BackupJobs: items, NextToken };
  },

  StopBackupJob: ({ BackupJobId }, { place, now }: Call) => {
    const job = found(place.backupJobs, 'Backup job', BackupJobId);
    if (job.State !== 'CREATED' && job.State !== 'RUNNING') throw invalidRequest(`Backup job is in state ${job.State}`);
    Object.assign(job, { State: 'ABORTED', CompletionDate: now });
    return {};
  },
} satisfies Handlers;

/** Starts a backup job, which runs and ends by itself. */
export function startBackup(world: World, order: BackupOrder): BackupJob {
  const { vault, resource, roleArn, lifecycle, createdBy } = order;
  const place = world.place(vault.accountId, vault.region);
  const id = world.nextId('backup-job', vault);
  const created = world.clock();
  const job: BackupJob = {
    AccountId: vault.accountId,
    BackupJobId: id,
    BackupVaultName: vault.name,
    BackupVaultArn: vault.arn,
    ResourceArn: resource.arn,
    ResourceType: resource.type,
    ResourceName: resource.arn.split(/[/:]/).at(-1),
    IamRoleArn: roleArn,
    CreationDate: created,
    CreatedBy: createdBy,
    State: 'CREATED',
    PercentDone: '0.0',
    BackupSizeInBytes: resource.sizeInBytes,
    IsParent: false,
  };
  place.backupJobs.set(id, job);
  const change = (changes: Partial<BackupJob>) => {
    Object.assign(job, changes);
    emitBackupJob(world, vault, job);
  };
  change({});
  world.later(() => {
    if (job.State !== 'CREATED') return;
    change({ State: 'RUNNING' });
    world.later(() => {
      if (job.State !== 'RUNNING') return;
      const refusal = retentionRefusal(vault, retentionDays(lifecycle));
      if (refusal) {
        change({ State: 'FAILED', CompletionDate: world.clock(), StatusMessage: refusal, MessageCategory: 'FAILURE' });
        return;
      }
      const facts = knownFactsOf(resource.type, place.regionSettings.management);
      const recoveryPoint = makeRecoveryPoint(world, vault, {
        job: { kind: 'job', id },
        resourceArn: resource.arn,
        type: resource.type,
        facts,
        keyArn: resource.keyArn,
        sizeInBytes: resource.sizeInBytes,
        roleArn,
        created,
        lifecycle,
        createdBy,
        tags: { ...resource.tags, ...order.tags },
      });
      change({
        State: 'COMPLETED',
        PercentDone: '100.0',
        CompletionDate: world.clock(),
        RecoveryPointArn: recoveryPoint.RecoveryPointArn,
        MessageCategory: 'SUCCESS',
      });
      order.onCompleted?.(recoveryPoint);
    });
  });
  return job;
}
