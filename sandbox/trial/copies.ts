import {
  type CopyJob,
  DescribeRecoveryPointCommand,
  type DescribeRecoveryPointCommandOutput,
  paginateListCopyJobs,
  StartCopyJobCommand,
  type StartCopyJobCommandInput,
} from '@aws-sdk/client-backup';
import { type ArnFields, type Place, parseArn } from '../../lib/aws/arn';
import type { Topology } from '../../lib/topology/topology';
import type { EmulatedAws } from '../emulated-aws';
import type { AskBackup } from './clients';

/** A copy job, and the recovery point that came of it. */
export interface Copy {
  readonly job: CopyJob;
  /** Undefined of a copy that failed. */
  readonly made: DescribeRecoveryPointCommandOutput | undefined;
}

/** Runs every plan of every account once, as if its schedule came, and waits for its jobs. */
export async function runPlans({ backup }: EmulatedAws): Promise<{ backups: number }> {
  let backups = 0;
  for (const { accountId, region } of backup.world.allPlaces())
    for (const planId of backup.plansIn(accountId, region).keys()) {
      const { backupJobIds } = await backup.runPlan({ accountId, region, planId });
      backups += backupJobIds.length;
    }
  await backup.world.settled();
  return { backups };
}

/** Every copy job in places that are backed up, with the recovery point that its destination tells of. */
export async function copiesOf(places: readonly Place[], ask: AskBackup): Promise<Copy[]> {
  const jobs: CopyJob[] = [];
  const distinct = new Map(places.map((place) => [`${place.accountId} ${place.region}`, place]));
  for (const place of distinct.values())
    await ask(place, async (client) => {
      for await (const { CopyJobs = [] } of paginateListCopyJobs({ client }, {})) jobs.push(...CopyJobs);
    });
  const copies: Copy[] = [];
  for (const job of jobs) copies.push({ job, made: await madeBy(job, ask) });
  return copies;
}

async function madeBy(job: CopyJob, ask: AskBackup): Promise<Copy['made']> {
  const vault = vaultOf(job.DestinationBackupVaultArn);
  const RecoveryPointArn = job.DestinationRecoveryPointArn;
  if (RecoveryPointArn === undefined) return undefined;
  const which = { BackupVaultName: vault.name, RecoveryPointArn, BackupVaultAccountId: vault.accountId };
  return ask(vault, (client) => client.send(new DescribeRecoveryPointCommand(which)));
}

/** The account, the Region and the name in the ARN of a vault. */
export function vaultOf(arn: string | undefined): ArnFields & { readonly name: string } {
  const fields = parseArn(arn ?? '');
  if (!fields) throw new Error(`not the ARN of a vault: ${arn}`);
  return { ...fields, name: fields.resource.replace('backup-vault:', '') };
}

/** Copies one recovery point of each pair that the config lets copy back, and waits. */
export async function copyBack(
  aws: EmulatedAws,
  topology: Topology,
  copies: readonly Copy[],
  ask: AskBackup,
): Promise<Copy[]> {
  const back: Copy[] = [];
  for (const destination of topology.destinations)
    for (const { accountId, vaultArn } of destination.copyBacks) {
      const copied = copies.find(
        ({ job, made }) =>
          made?.BackupVaultArn === destination.vault.vaultArn &&
          job.AccountId === accountId &&
          vaultOf(job.SourceBackupVaultArn).region === vaultOf(vaultArn).region,
      );
      if (!copied?.made) continue;
      const order = {
        RecoveryPointArn: copied.made.RecoveryPointArn,
        SourceBackupVaultName: destination.vault.vaultName,
        DestinationBackupVaultArn: vaultArn,
        IamRoleArn: destination.restoreRole.arn,
      };
      const job = await copyOnDemand(aws, destination, order, ask);
      back.push({ job, made: await madeBy(job, ask) });
    }
  return back;
}

/** Copies one recovery point on demand, and waits for the end of its job. */
export async function copyOnDemand(
  { backup: { world } }: EmulatedAws,
  place: { readonly accountId: string; readonly region: string },
  order: StartCopyJobCommandInput,
  ask: AskBackup,
): Promise<CopyJob> {
  const { CopyJobId = '' } = await ask(place, (client) => client.send(new StartCopyJobCommand(order)));
  await world.settled();
  const job = world.place(place.accountId, place.region).copyJobs.get(CopyJobId);
  if (!job) throw new Error(`no copy job ${CopyJobId}`);
  return job;
}
