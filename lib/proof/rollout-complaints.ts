import { BACKUP_POLICY_LIMITS } from '../aws/limits';
import type { CompiledPolicy } from '../iam/policy';
import { grouped } from '../topology/collections';
import type { OrganizationPolicies, StackSetTargets } from '../topology/rollout';
import type { Topology } from '../topology/topology';
import type { DeployedBackupPolicy } from './read-backup-policies';
import type { DeployedStackSet } from './read-stack-sets';

/** Where policies and StackSets do not reach what the config says, a line each. */
export const rolloutComplaints = (
  promised: OrganizationPolicies | undefined,
  policies: readonly DeployedBackupPolicy[],
  stackSets: readonly DeployedStackSet[],
): string[] => [
  ...attachmentComplaints(promised, policies),
  ...textComplaints(policies),
  ...(promised
    ? [
        ...stackSetComplaints(promised.baseline.units, stackSets, true),
        ...stackSetComplaints(promised.baseline.accounts, stackSets, false),
      ]
    : []),
  ...strayStackSets(promised, stackSets),
];

function attachmentComplaints(
  promised: OrganizationPolicies | undefined,
  policies: readonly DeployedBackupPolicy[],
): string[] {
  const owed = new Map<string, Set<string>>();
  for (const { members, targetIds } of promised?.rollouts ?? []) {
    for (const { plans } of members) for (const { physicalName } of plans) owed.set(physicalName, new Set(targetIds));
  }
  const given = new Map<string, Set<string>>();
  for (const { plans, targetIds } of policies) {
    for (const name of Object.keys(plans)) given.set(name, new Set([...(given.get(name) ?? []), ...targetIds]));
  }
  return [
    ...[...owed].flatMap(([plan, targets]) =>
      [...targets]
        .filter((target) => !given.get(plan)?.has(target))
        .map((target) => `plan ${plan} must be attached to ${target} by a backup policy, as the config has it`),
    ),
    ...[...given].flatMap(([plan, targets]) =>
      [...targets]
        .filter((target) => !owed.get(plan)?.has(target))
        .map((target) => `plan ${plan} must not be attached to ${target}: the config says nothing of it`),
    ),
  ];
}

function textComplaints(policies: readonly DeployedBackupPolicy[]): string[] {
  const plans = policies.flatMap((policy) => Object.keys(policy.plans).map((name) => ({ name, policy })));
  const twice = [...grouped(plans, ({ name }) => name.toLowerCase()).values()].filter(({ length }) => length > 1);
  const attached = grouped(
    policies.flatMap(({ targetIds, address }) => targetIds.map((target) => ({ target, address }))),
    ({ target }) => target,
  );
  return [
    ...twice.map((alike) => {
      const addresses = alike.map(({ policy }) => policy.address).join(' and ');
      return `plan ${alike[0]?.name} must stand in one policy, and stands in ${addresses}, which merge where both are inherited`;
    }),
    ...policies
      .filter(({ text }) => text.length > BACKUP_POLICY_LIMITS.characters)
      .map(
        ({ address, text }) =>
          `${address} must have at most ${BACKUP_POLICY_LIMITS.characters} characters, and has ${text.length}`,
      ),
    ...[...attached]
      .filter(([, { length }]) => length > BACKUP_POLICY_LIMITS.perTarget)
      .map(
        ([target, { length }]) =>
          `${target} must have at most ${BACKUP_POLICY_LIMITS.perTarget} backup policies, and has ${length}`,
      ),
  ];
}

function stackSetComplaints(
  { stackSetName, targets }: StackSetTargets,
  stackSets: readonly DeployedStackSet[],
  isAutomatic: boolean,
): string[] {
  if (targets.length === 0) return [];
  const stackSet = stackSets.find(({ name }) => name === stackSetName);
  if (!stackSet) return [`StackSet ${stackSetName} must be there`];
  const is = (fact: boolean, what: string) => (fact ? [] : [`${stackSet.address} must ${what}`]);
  const missing = targets.filter(
    ({ id, region }) =>
      !stackSet.targets.some(
        (target) => target.region === region && (target.accountIds ?? target.unitIds).includes(id),
      ),
  );
  return [
    ...is(
      stackSet.permissionModel === 'SERVICE_MANAGED',
      'be service-managed, or no account that joins gets its stack',
    ),
    ...is(
      stackSet.isAutomatic === isAutomatic,
      isAutomatic
        ? 'deploy automatically, or no account that joins gets its stack'
        : 'not deploy automatically, or every account that joins the organization gets a stack',
    ),
    // Where nobody joins, nothing is said of those who leave.
    ...is(!isAutomatic || stackSet.retainsStacks, 'retain the stacks of accounts that leave'),
    ...missing.map(({ id, region }) => `${stackSet.address} must reach ${id} in ${region}, as the config has it`),
    ...stackSet.targets
      .filter(({ retainsStack }) => !retainsStack)
      .map(({ address }) => `${address} must retain its stacks when it is taken away`),
  ];
}

/** A StackSet can make anything in every account, so one that nobody promised is not passed over. */
const strayStackSets = (promised: OrganizationPolicies | undefined, stackSets: readonly DeployedStackSet[]): string[] =>
  stackSets
    .filter(
      ({ name }) => ![promised?.baseline.units.stackSetName, promised?.baseline.accounts.stackSetName].includes(name),
    )
    .map(({ address }) => `${address} must not be there: the config says nothing of it`);

/** The organization's resource policy is there where the config asks for it, and nowhere else. */
export function delegationComplaints({ management }: Topology, resourcePolicy: CompiledPolicy | undefined): string[] {
  const isPromised = management.rollouts?.delegation !== undefined;
  if (isPromised === (resourcePolicy !== undefined)) return [];
  return [
    isPromised
      ? 'no stack sets the resource policy of the organization, as delegation in the config has it'
      : `${resourcePolicy?.name} must not be there: the config has no delegation`,
  ];
}
