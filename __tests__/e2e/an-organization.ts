import { join } from 'node:path';
import type { CopyJob } from '@aws-sdk/client-backup';
import { type Copy, copiesOf, copyOnDemand, runPlans } from '../../sandbox/trial/copies';
import type { Trial } from '../../sandbox/trial/trial';
import { type MadeWorkload, makeWorkloads } from '../../sandbox/trial/workload';
import type { Clock } from '../../sandbox/wire/exchange';
import { aTrial, succeeded } from './e2e';

/** Accounts and vaults of organization.yaml. */
export const PRODUCTION = { accountId: '111111111111', region: 'us-east-1' };
export const STAGING = { accountId: '333333333333', region: 'us-east-1' };
export const IRELAND = { accountId: '222222222222', region: 'eu-west-1' };
export const FRANKFURT = { accountId: '222222222222', region: 'eu-central-1' };
export const MANAGEMENT = { accountId: '999999999999', region: 'us-east-1' };
export const SOURCE_VAULT = 'cab-source';
export const DESTINATION_VAULT = 'cab-destination';

/** A copy edge of organization.yaml. */
export const EDGES = {
  production: { from: PRODUCTION, to: IRELAND, retentionDays: 365 },
  staging: { from: STAGING, to: FRANKFURT, retentionDays: 90 },
} as const;
export type EdgeName = keyof typeof EDGES;

/** organization.yaml, deployed, with a workload whose plans have run once. */
export interface Organization {
  readonly trial: Trial;
  readonly workload: MadeWorkload;
  readonly copies: readonly Copy[];
  /** Copies a recovery point of a volume under the shared key once more, and waits. */
  copyAgain(edge: EdgeName): Promise<CopyJob>;
}

export async function anOrganization(clock: Clock): Promise<Organization> {
  const trial = await aTrial(join(__dirname, 'organization.yaml'), { clock });
  const { aws, ask, deployment, project } = trial;
  succeeded(await deployment.deploy());
  const workload = await makeWorkloads(trial);
  await runPlans(aws);
  const copies = await copiesOf(project.topology.sources, ask);
  const copyAgain = async (edge: EdgeName) => {
    const { from, to, retentionDays } = EDGES[edge];
    const volume = workload.made.find(
      ({ type, variant, arn }) => type === 'EBS' && variant === 'shared-key' && arn.includes(from.accountId),
    );
    const first = copies.find(({ job }) => job.ResourceArn === volume?.arn)?.job;
    const order = {
      RecoveryPointArn: first?.SourceRecoveryPointArn,
      SourceBackupVaultName: SOURCE_VAULT,
      DestinationBackupVaultArn: vaultArn(to, DESTINATION_VAULT),
      IamRoleArn: `arn:aws:iam::${from.accountId}:role/cab-backup-${from.region}`,
      Lifecycle: { DeleteAfterDays: retentionDays },
    };
    return copyOnDemand(aws, from, order, ask);
  };
  return { trial, workload, copies, copyAgain };
}

export const vaultArn = ({ accountId, region }: { accountId: string; region: string }, name: string) =>
  `arn:aws:backup:${region}:${accountId}:backup-vault:${name}`;
