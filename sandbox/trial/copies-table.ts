import { parseArn } from '../../lib/aws/arn';
import { plainTable } from '../../lib/report/plain-table';
import { type Copy, vaultOf } from './copies';

const COLUMNS = [
  { head: 'resource' },
  { head: 'recovery point' },
  { head: 'copied from' },
  { head: 'to' },
  { head: 'copy' },
  { head: 'key' },
  { head: 'expires' },
];

/** Copies as an operator reads them; what failed tells why. */
export function copiesTable(copies: readonly Copy[]): string {
  return plainTable(
    COLUMNS,
    copies.map(({ job, made }) => [
      lastOf(job.ResourceArn),
      lastOf(job.SourceRecoveryPointArn),
      whereOf(job.SourceBackupVaultArn),
      whereOf(job.DestinationBackupVaultArn),
      made ? lastOf(made.RecoveryPointArn) : `${job.State}: ${job.StatusMessage ?? ''}`,
      made ? keyOf(made.EncryptionKeyArn) : '',
      made?.CalculatedLifecycle?.DeleteAt?.toISOString().slice(0, 10) ?? (made ? 'never' : ''),
    ]),
  );
}

/** What of an ARN tells it from others in the same account and Region. */
const lastOf = (arn: string | undefined) => (parseArn(arn ?? '')?.resource ?? '').replace(/^recovery-point:/, '');

const whereOf = (arn: string | undefined) => {
  const { accountId, region, name } = vaultOf(arn);
  return `${accountId} ${region} ${name}`;
};

const keyOf = (arn: string | undefined) => (arn === undefined ? 'none' : (parseArn(arn)?.resource ?? arn).slice(0, 12));
