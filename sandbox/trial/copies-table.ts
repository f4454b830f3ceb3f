import { parseArn } from '../../lib/aws/arn';
import { plainTable } from '../../lib/report/plain-table';
import type { Site } from '../../lib/topology/topology';
import { type Copy, vaultOf } from './copies';

const COLUMNS = ['resource', 'recovery point', 'copied', 'recovery point there', 'its key', 'expires'].map((head) => ({
  head,
}));

/** Copies as an operator reads them, in places of the config; below, why those failed that did. */
export function copiesTable(copies: readonly Copy[], sites: readonly Site[]): string {
  const nameOf = namesIn(sites);
  const why = [...new Set(copies.flatMap(({ job, made }) => (made ? [] : [job.StatusMessage ?? 'no reason given'])))];
  const table = plainTable(
    COLUMNS,
    copies.map(({ job, made }) => [
      shortOf(job.ResourceArn),
      shortOf(job.SourceRecoveryPointArn),
      `${nameOf(job.SourceBackupVaultArn)} → ${nameOf(job.DestinationBackupVaultArn)}`,
      made
        ? shortOf(made.RecoveryPointArn)
        : `${job.State} (${why.indexOf(job.StatusMessage ?? 'no reason given') + 1})`,
      made ? shortOf(made.EncryptionKeyArn ?? 'none') : '',
      made ? (made.CalculatedLifecycle?.DeleteAt?.toISOString().slice(0, 10) ?? 'never') : '',
    ]),
  );
  return [table, ...why.map((reason, index) => `(${index + 1}) ${reason}`)].join('\n');
}

/** Vaults by the account's name in the config and their Region; the accounts' own vaults have names that say little. */
function namesIn(sites: readonly Site[]): (vaultArn: string | undefined) => string {
  // The first site in a place gives it its name.
  const names = new Map([...sites].reverse().map((site) => [`${site.accountId} ${site.region}`, site.name]));
  return (vaultArn) => {
    const { accountId, region } = vaultOf(vaultArn);
    return `${names.get(`${accountId} ${region}`) ?? accountId}/${region}`;
  };
}

/** What of an ARN tells it from others in the same account and Region. */
const shortOf = (arn: string | undefined) =>
  (parseArn(arn ?? '')?.resource ?? arn ?? '')
    .replace(/^(?:recovery-point:|snapshot[:/])/, '')
    .replace(/-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, '');
