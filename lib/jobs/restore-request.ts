import { BackupClient, GetRecoveryPointRestoreMetadataCommand } from '@aws-sdk/client-backup';
import type { Entry } from '../accounts/entry';
import { parseArn } from '../aws/arn';
import { RESTORE_METADATA, type RestoreMetadata } from '../aws/restore-metadata';
import { ask } from '../live/ask';
import { LiveError } from '../live/live-error';
import type { Topology } from '../topology/topology';
import { findRecoveryPoint } from './find-recovery-point';
import { sourcesToSearch } from './sources';

type Metadata = Readonly<Record<string, string>>;

export interface RestoreOptions {
  readonly recoveryPointArn: string;
  /** The source that it is in, where not in a destination; all are searched where undefined. */
  readonly from: string | undefined;
  /** Metadata to set, and keys to leave out; keys in any case. */
  readonly set: Metadata;
  readonly unset: readonly string[];
  readonly copiesTags: boolean;
}

/** A restore as it would be asked of AWS Backup. */
export interface RestoreRequest {
  readonly accountId: string;
  readonly region: string;
  readonly recoveryPointArn: string;
  readonly resourceType: string;
  readonly resourceArn: string;
  readonly roleArn: string;
  readonly metadata: Metadata;
  readonly copiesTags: boolean;
  /** What AWS may have against it. */
  readonly notes: readonly string[];
}

/**
 * Looks for a recovery point in the destinations and the sources, and makes the request to restore it where it is.
 * @throws LiveError where it is not found, or with everything that lacks
 */
export async function restoreRequest(
  entry: Entry,
  topology: Topology,
  options: RestoreOptions,
): Promise<RestoreRequest> {
  const { recoveryPointArn, from, copiesTags } = options;
  const accountId = parseArn(recoveryPointArn)?.accountId || undefined;
  const isDestinations = topology.destinations.some((site) => site.accountId === accountId);
  const sources = isDestinations ? topology.sources : await sourcesToSearch(entry, topology, from, accountId);
  const sites = from === undefined ? [...topology.destinations, ...sources] : sources;
  const { site, vault, described } = await findRecoveryPoint(entry, recoveryPointArn, sites);
  const client = await entry.client(BackupClient, site);
  const which = { BackupVaultName: vault.name, RecoveryPointArn: recoveryPointArn };
  const { RestoreMetadata: given = {}, ResourceType } = await ask('backup:GetRecoveryPointRestoreMetadata', () =>
    client.send(new GetRecoveryPointRestoreMetadataCommand(which)),
  );
  const metadata = edited(given, options);
  const resourceType = ResourceType ?? described.ResourceType ?? '';
  const problems = metadataProblems(resourceType, metadata);
  const resourceArn = described.ResourceArn ?? '';
  if (problems.length > 0)
    throw new LiveError(
      [
        `a restore of ${resourceType} needs more than the recovery point tells, which is ${JSON.stringify(shownMetadata(given))}:`,
        ...problems.map((problem) => `  ${problem}`),
        `all keys are told at https://docs.aws.amazon.com/aws-backup/latest/devguide/${RESTORE_METADATA[resourceType]?.page}`,
      ].join('\n'),
    );
  const nameKey = RESTORE_METADATA[resourceType]?.newName;
  const name = nameKey === undefined ? undefined : metadataAt(metadata, nameKey);
  const isTaken = resourceArn.includes(`:${site.accountId}:`) && resourceArn.split(/[/:]/).at(-1) === name;
  const notes = isTaken ? [`${nameKey} is the name of what was backed up: the restore fails while that is there`] : [];
  const { accountId: where, region } = site;
  const request = { recoveryPointArn, resourceType, resourceArn, metadata, copiesTags, notes };
  return { accountId: where, region, roleArn: site.restoreRole.arn, ...request };
}

/** Metadata as it may be shown. */
export const shownMetadata = (metadata: Metadata): Metadata =>
  Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [key, /password|secret/i.test(key) ? '(hidden)' : value]),
  );

/** Metadata with what the operator says; a key that is there keeps the case it has. */
function edited(given: Metadata, { set, unset }: Pick<RestoreOptions, 'set' | 'unset'>): Metadata {
  const result: Record<string, string> = { ...given };
  const asThere = (key: string) => Object.keys(result).find((known) => known.toLowerCase() === key.toLowerCase());
  for (const key of unset) {
    const known = asThere(key);
    if (known === undefined)
      throw new LiveError(`--unset ${key}: there is no such key, only ${Object.keys(result).join(', ') || 'none'}`);
    delete result[known];
  }
  for (const [key, value] of Object.entries(set)) result[asThere(key) ?? key] = value;
  return result;
}

/** What keeps AWS from a restore, a line each with the way out; none for a type that nothing is known of. */
export function metadataProblems(resourceType: string, metadata: Metadata): string[] {
  const known: RestoreMetadata | undefined = RESTORE_METADATA[resourceType];
  if (!known) return [];
  const isThere = (key: string) => (metadataAt(metadata, key) ?? '') !== '';
  const lacking = known.required
    .filter((keys) => !keys.some(isThere))
    .map((keys) => `${keys.join(' or ')} lacks: give it with --set ${keys[0]}=…`);
  const apart = known.together
    .filter(({ key, value }) => isThere(key) && (value === undefined || metadataAt(metadata, key) === value))
    .filter(({ needs, needsValue }) =>
      needsValue === undefined ? !isThere(needs) : metadataAt(metadata, needs)?.toLowerCase() !== needsValue,
    )
    .map(
      ({ key, value, needs, needsValue }) =>
        `${key}${value === undefined ? '' : `=${value}`} needs ${needs}${needsValue === undefined ? '' : `=${needsValue}`}: give it with --set ${needs}=${needsValue ?? '…'}`,
    );
  return [...lacking, ...apart];
}

const metadataAt = (metadata: Metadata, key: string): string | undefined =>
  Object.entries(metadata).find(([known]) => known.toLowerCase() === key.toLowerCase())?.[1];
