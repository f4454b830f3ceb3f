import type { CompiledPolicy } from '../iam/policy';
import { POLICY_MANAGING } from '../policies/delegation-policy';
import type { Rollout } from '../topology/rollout';
import type { Topology } from '../topology/topology';
import type { Actor, Actors } from './actors';
import { allowed, type Check, denied, type Target } from './check';
import type { Edge } from './edges';
import { unknownAccounts } from './strangers';
import { asTarget } from './targets';

const MEMBERS = 'copies of every unit and account';
const DELEGATED = 'delegated backup policies';
const BEYOND = 'do more in the organization than is delegated';

/** Whoever of a rollout stands for none: each unit and each single account is let in where the stand-in is. */
export const memberChecks = (rollouts: readonly Rollout[], edges: readonly Edge[], actors: Actors): Check[] =>
  rollouts.flatMap(({ standIns, ouPaths, accountIds }) => {
    const copies = edges.filter(({ from }) => standIns.some((site) => site === from.site));
    const first = copies.filter(({ from }) => from.site.accountId === standIns[0]?.accountId);
    return first.flatMap((edge) => {
      const copier = actors.role(edge.copier);
      return [
        ...ouPaths.map((path) => inUnit(copier, path)),
        ...accountIds.map((id) => ofAccount(copier, id, actors)),
      ].map((actor) => allowed(MEMBERS, actor, 'backup:CopyIntoBackupVault', asTarget(edge.to)));
    });
  });

const inUnit = (copier: Actor, ouPath: string): Actor => ({
  ...copier,
  label: `${copier.label} in ${ouPath}`,
  membership: { ...copier.membership, 'aws:PrincipalOrgPaths': [ouPath] },
});

const ofAccount = (copier: Actor, accountId: string, actors: Actors): Actor => {
  const id = copier.caller.id.replace(/:\d{12}:/, `:${accountId}:`);
  return {
    ...copier,
    label: id,
    caller: { ...copier.caller, id, accountId },
    membership: actors.membershipOf(accountId),
  };
};

/** The delegate's roles manage backup policies on what the rollouts target, and nothing else; nobody else does. */
export function delegationChecks(
  topology: Topology,
  resourcePolicy: CompiledPolicy | undefined,
  actors: Actors,
): Check[] {
  const { partition, accountId, rollouts } = topology.management;
  const delegation = rollouts?.delegation;
  if (!delegation) return [];
  const target = (arn: string): Target => ({ arn, accountId, policy: resourcePolicy });
  const [neighbour] = unknownAccounts(topology);
  const policy = target(delegation.policyArn.replace('*', 'p-0a1b2c3d'));
  const targets = [...delegation.targetArns.map(target), policy];
  const roles = delegation.roleArns.map((arn) => actors.exempted(arn, delegation.delegateId, false));
  const others = [actors.administrator(delegation.delegateId), actors.administrator(neighbour)];
  const elsewhere = target(
    `arn:${partition}:organizations::${accountId}:ou/${topology.organization.id}/ou-0000-ofnobody`,
  );
  const manage = (actor: Actor, ask: typeof allowed, group: string, of: readonly Target[], type = 'BACKUP_POLICY') =>
    of.flatMap((one) =>
      POLICY_MANAGING.map((action) =>
        ask(group, actor, `organizations:${action}`, one, { 'organizations:PolicyType': type }),
      ),
    );
  return [
    ...roles.flatMap((role) => [
      ...manage(role, allowed, DELEGATED, targets),
      ...manage(role, denied, BEYOND, targets, 'SERVICE_CONTROL_POLICY'),
      ...manage(role, denied, BEYOND, [elsewhere]),
      ...BEYOND_ACTIONS.map((action) => denied(BEYOND, role, `organizations:${action}`, policy)),
    ]),
    ...others.flatMap((actor) => manage(actor, denied, BEYOND, targets)),
  ];
}

/** What a delegate of backup policies has no business with. */
const BEYOND_ACTIONS = [
  'DeleteResourcePolicy',
  'DisablePolicyType',
  'EnablePolicyType',
  'MoveAccount',
  'PutResourcePolicy',
  'RegisterDelegatedAdministrator',
  'RemoveAccountFromOrganization',
];
