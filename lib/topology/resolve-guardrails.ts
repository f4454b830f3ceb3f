import { type Partition, parseArn, roleArn } from '../aws/arn';
import { partitionOf } from '../aws/regions';
import type { Config } from '../config/config';
import { lastStepOf } from '../config/rollouts';
import { grouped, sortedUnique } from './collections';
import { guardrailsName } from './names';
import type { Rollout } from './rollout';
import type { DestinationSite, Guardrails, SourceSite } from './topology';

/** What follows for the whole organization from its destinations and sources; undefined when guardrails are off or bind nobody. */
export function resolveGuardrails(
  config: Config,
  destinations: readonly DestinationSite[],
  sources: readonly SourceSite[],
  rollouts: readonly Rollout[],
): Guardrails | undefined {
  if (!config.guardrails.enabled) return undefined;
  const partition = partitionOf(config.management.region);
  // No service control policy binds the management account, so there it would only seem to protect.
  const named = [...destinations, ...sources].filter(({ accountId }) => accountId !== config.management.accountId);
  // Of the accounts of rollouts nobody knows the ids: what they exempt, they exempt in whichever account.
  const members = rollouts.flatMap((rollout) => rollout.members.map(inAnyAccount));
  const sites = [...named, ...members];
  if (sites.length === 0) return undefined;
  const accountIds = sortedUnique(named.map(({ accountId }) => accountId));
  const { attachTo } = config.guardrails;
  const exempt = (of: (site: (typeof sites)[number]) => readonly string[]) =>
    shared(partition, sortedUnique(sites.flatMap(of)), accountIds.length);
  return {
    partition,
    name: guardrailsName(config.prefix),
    targetIds: sortedUnique([
      ...(attachTo === 'accounts' ? accountIds : attachTo),
      ...rollouts.flatMap((rollout) => targetsOutside(rollout, attachTo === 'accounts' ? [] : attachTo)),
    ]),
    deployers: exempt(({ exemptions }) => exemptions.deployers),
    breakGlass: exempt(({ exemptions }) => exemptions.breakGlass),
    vaultNames: sortedUnique(
      sites.flatMap(({ vault, retiredVaults, airGapped }) =>
        [vault, ...retiredVaults, ...(airGapped ? [airGapped] : [])].map(({ vaultName }) => vaultName),
      ),
    ),
    hasAirGappedVaults: sites.some(({ airGapped }) => airGapped !== undefined),
    backupRoleNames: sortedUnique(sites.flatMap((site) => ('backupRole' in site ? [site.backupRole.name] : []))),
    restoreRoleNames: sortedUnique(sites.map(({ restoreRole }) => restoreRole.name)),
    copyBackRoleNames: sortedUnique(
      destinations.filter(({ copyBacks }) => copyBacks.length > 0).map(({ restoreRole }) => restoreRole.name),
    ),
    scannerRoleNames: sortedUnique(
      sites.flatMap((site) => ('scannerRole' in site && site.scannerRole ? [site.scannerRole.name] : [])),
    ),
    copyTargets: sortedUnique([
      ...[...sources, ...members].flatMap(({ copyTargets }) => copyTargets),
      ...destinations.flatMap(({ copyBacks }) => copyBacks.map(({ vaultArn }) => vaultArn)),
    ]),
  };
}

/** A role that every account has is said once for all; one that only some have is said account by account. */
function shared(partition: Partition, arns: readonly string[], accounts: number): string[] {
  const byName = grouped(arns, (arn) => parseArn(arn)?.resource ?? arn);
  return [...byName].flatMap(([resource, alike]) => {
    const everywhere = roleArn(partition, '*', resource.replace(/^role\//, ''));
    return alike.length === accounts || alike.includes(everywhere) ? [everywhere] : alike;
  });
}

function inAnyAccount(member: SourceSite): SourceSite {
  const { exemptions, accountId } = member;
  const anywhere = (arns: readonly string[]) => arns.map((arn) => arn.replace(`:${accountId}:`, ':*:'));
  return { ...member, exemptions: { ...exemptions, deployers: anywhere(exemptions.deployers) } };
}

/** What a rollout reaches and nothing in a list binds yet. */
const targetsOutside = ({ ouPaths, accountIds }: Rollout, attachTo: readonly string[]): string[] => [
  ...ouPaths.filter((path) => !path.split('/').some((step) => attachTo.includes(step))).map(lastStepOf),
  ...accountIds,
];
