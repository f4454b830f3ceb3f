import type { Entry } from '../accounts/entry';
import { LiveError } from '../live/live-error';
import type { DestinationSite, SourceSite, Topology } from '../topology/topology';
import { type CopyBackEnds, copyBackGrants, type Grant } from './copy-back-grants';
import type { CopyOrder } from './copy-job';
import { placeOf, vaultAt, vaultsOf } from './edges';
import { type FoundPoint, findRecoveryPoint } from './find-recovery-point';
import { fittingRetention, refuseUncopyable } from './retention';

export interface CopyBackRequest {
  readonly recoveryPointArn: string;
  /** `<source>` or `<source>/<region>`; where the recovery point came from where undefined. */
  readonly to: string | undefined;
  /** @default - it expires when what it is copied from does */
  readonly deleteAfterDays: number | undefined;
  readonly now: Date;
}

/** A copy back, and what was asked of its grants. */
export interface CopyBackPlan {
  readonly order: CopyOrder;
  readonly to: string;
  readonly grants: readonly Grant[];
}

/**
 * Looks for a recovery point in the destinations, orders its copy back to a source, and asks whether the grants are there.
 * @throws LiveError where it is not found, the config does not let it go there, or the copy would be refused
 */
export async function planCopyBack(entry: Entry, topology: Topology, request: CopyBackRequest): Promise<CopyBackPlan> {
  const { recoveryPointArn, deleteAfterDays, now } = request;
  const found = await findRecoveryPoint(entry, recoveryPointArn, topology.destinations);
  const source = sourceOf(topology, found, request.to);
  refuseUncopyable(recoveryPointArn, found.described);
  const [vault] = vaultsOf([source]);
  if (!vault) throw new Error('a source has a vault');
  const lifecycle = {
    DeleteAfterDays:
      deleteAfterDays ?? found.described.Lifecycle?.DeleteAfterDays ?? source.vault.lock?.maxRetentionDays,
  };
  const ends: CopyBackEnds = { found, source, vault, organizationId: topology.organization.id };
  return {
    order: {
      recoveryPointArn,
      source: found.vault,
      destinationVaultArn: vault.arn,
      roleArn: found.site.restoreRole.arn,
      lifecycle: fittingRetention(lifecycle, found.described, source.vault.lock, now),
    },
    to: placeOf(source),
    grants: await copyBackGrants(entry, ends),
  };
}

/** The source that a recovery point goes back to. */
function sourceOf(
  { sources }: Topology,
  { site, described }: FoundPoint<DestinationSite>,
  to: string | undefined,
): SourceSite {
  const takers = sources.filter(({ stackName }) => site.copyBacks.some((back) => back.stackName === stackName));
  const names = takers.map(placeOf).join(', ') || 'none';
  const origin = vaultAt(described.SourceBackupVaultArn ?? '');
  const isOrigin = ({ accountId, region }: SourceSite) => accountId === origin?.accountId && region === origin?.region;
  if (to === undefined) {
    const own = takers.find(isOrigin);
    if (own) return own;
    const from = origin ? `account ${origin.accountId} in ${origin.region}` : 'a place that AWS does not tell';
    throw new LiveError(
      `the recovery point came from ${from}, which the config lets nothing be copied back to from ${placeOf(site)}: name one of these sources with --to (${names}), or set copyBack: true of the source and deploy`,
    );
  }
  const named = takers.filter((taker) => taker.name === to || placeOf(taker) === to);
  const only = named.find(isOrigin) ?? (named.length === 1 ? named[0] : undefined);
  if (only) return only;
  if (named.length > 1)
    throw new LiveError(`${to} is in several Regions: name one of ${named.map(placeOf).join(', ')} with --to`);
  throw new LiveError(
    `${placeOf(site)} copies nothing back to ${to}: it does to ${names}; another source needs copyBack: true and a rule that copies there`,
  );
}
