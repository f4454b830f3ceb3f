import { POLICY_ACCOUNT } from '../aws/backup';
import { STACK_ACCOUNT, STACK_REGION } from '../aws/cloudformation';
import { partitionOf } from '../aws/regions';
import type { Config } from '../config/config';
import type { RolloutConfig } from '../config/organization-policies-config';
import { lastStepOf, runFromDestination } from '../config/rollouts';
import { sortedUnique } from './collections';
import { backupPolicyName, stackSetName } from './names';
import { type Member, memberSite } from './resolve-member';
import type { Baseline, OrganizationPolicies, Rollout } from './rollout';
import { type DestinationSeed, organizationPoliciesSite } from './site';
import type { SourceSite } from './topology';

/** Everything that follows from the rollouts of a config; undefined when there are none. */
export function resolveRollouts(
  config: Config,
  destinations: readonly DestinationSeed[],
): OrganizationPolicies | undefined {
  const { rollouts } = config.organizationPolicies;
  if (rollouts.length === 0) return undefined;
  return {
    site: organizationPoliciesSite(config),
    isDelegated: runFromDestination(config) !== undefined,
    rollouts: rollouts.map((rollout, index) => resolveRollout(config, rollout, index, destinations)),
    baseline: resolveBaseline(config, destinations),
  };
}

function resolveRollout(
  config: Config,
  { name, plans, regions, ous, accounts }: RolloutConfig,
  index: number,
  destinations: readonly DestinationSeed[],
): Rollout {
  const everywhere = (who: string, accountId: string, ouPath: string | undefined): SourceSite[] =>
    [...regions].sort().map((region) => {
      const place = { accountId, region, partition: partitionOf(region) };
      return memberSite(config, { label: `${who} of ${name}`, place, plans: [...plans].sort(), ouPath }, destinations);
    });
  const [firstUnit] = ous;
  const [firstAccount] = accounts;
  return {
    name,
    policyName: backupPolicyName(config.prefix, name),
    targetIds: [...sortedUnique(ous.map(lastStepOf)), ...sortedUnique(accounts)],
    ouPaths: sortedUnique(ous),
    accountIds: sortedUnique(accounts),
    members: everywhere('members', POLICY_ACCOUNT, firstUnit),
    standIns: [
      ...(firstUnit === undefined ? [] : everywhere('units', nobodysAccount(config, index), firstUnit)),
      ...(firstAccount === undefined ? [] : everywhere('accounts', firstAccount, undefined)),
    ],
  };
}

/** An account id that the config does not name, one for each rollout. */
function nobodysAccount(config: Config, index: number): string {
  const known = new Set(
    [
      ...Object.values(config.destinations),
      ...Object.values(config.sources),
      config.management,
      ...config.organizationPolicies.rollouts.flatMap(({ accounts }) => accounts.map((accountId) => ({ accountId }))),
    ].map(({ accountId }) => accountId),
  );
  const unknown = Array.from({ length: known.size + index + 1 }, (_, number) => `${600_000_000_000 + number}`);
  return unknown.filter((id) => !known.has(id))[index] ?? '';
}

function resolveBaseline(config: Config, destinations: readonly DestinationSeed[]): Baseline {
  const { rollouts, baseline } = config.organizationPolicies;
  const member: Member = {
    label: 'baseline',
    place: {
      accountId: STACK_ACCOUNT,
      region: STACK_REGION,
      partition: partitionOf(config.management.region),
    },
    plans: sortedUnique(rollouts.flatMap(({ plans }) => plans)),
    ouPath: undefined,
  };
  const regions = sortedUnique(rollouts.flatMap((rollout) => rollout.regions));
  const inRegions = (of: (here: readonly RolloutConfig[]) => readonly string[]) =>
    regions.flatMap((region) =>
      of(rollouts.filter((rollout) => rollout.regions.includes(region))).map((id) => ({ id, region })),
    );
  return {
    member: memberSite(config, member, destinations),
    units: {
      stackSetName: stackSetName(config.prefix, 'units'),
      targets: inRegions((here) => outermost(here.flatMap(({ ous }) => ous)).map(lastStepOf)),
    },
    accounts: {
      stackSetName: stackSetName(config.prefix, 'accounts'),
      targets: inRegions((here) => sortedUnique(here.flatMap(({ accounts }) => accounts))),
    },
    failureTolerancePercentage: baseline.failureTolerancePercentage,
    maxConcurrentPercentage: baseline.maxConcurrentPercentage,
  };
}

/** A unit that is below another one has its stacks already: a second would find all names taken. */
const outermost = (ouPaths: readonly string[]): string[] =>
  sortedUnique(ouPaths).filter((path) => !ouPaths.some((other) => other !== path && path.startsWith(other)));
