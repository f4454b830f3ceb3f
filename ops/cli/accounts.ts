import { Entry } from '../../lib/accounts/entry';
import { loadReviewedConfig } from '../../lib/review/review';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import type { Topology } from '../../lib/topology/topology';

/** How the help of a command that works in the accounts of a config tells who it is run as. */
export const WHO_RUNS_IT = `Runs as the identity of the environment. Each account is entered by its deploy role, or by
OrganizationAccountAccessRole where that cannot be taken; the account that the identity is of is not entered. The permissions
that it takes are in docs/day-2.md.`;

/** The option that names another role. */
export const ROLE_OPTION = ['--role <name>', 'the role by which to enter the accounts, with its path'] as const;

/**
 * Does something in the accounts of the operator's config, and leaves them.
 * @param command - the name in package.json, by which CloudTrail tells the sessions
 */
export async function inAccounts<Answer>(
  command: string,
  role: string | undefined,
  work: (entry: Entry, topology: Topology) => Promise<Answer>,
): Promise<Answer> {
  const topology = resolveTopology(loadReviewedConfig(process.env.BACKUP_CONFIG || 'backup.yaml').config);
  const entry = new Entry(topology, {}, { name: `cross-account-backup-${command}`, role });
  try {
    return await work(entry, topology);
  } finally {
    entry.close();
  }
}
