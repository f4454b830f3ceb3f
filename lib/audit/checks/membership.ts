import type { Where } from '../../bootstrap/step';
import type { Auditee } from '../auditee';
import type { CheckOf } from '../check';
import { error, type Problem, warning } from '../finding';
import { isOfRollout } from '../member-site';

/** Whether the accounts of the config are in the organization and at work, and whether rollouts reach each of them once. */
export const membership: CheckOf<'organization'> = {
  name: 'membership',
  of: 'organization',
  problems: async ({ auditees }) =>
    auditees.flatMap((auditee) => {
      const { name, accountId } = auditee;
      const where: Where = { name, accountId };
      return [...stateProblems(auditee), ...reachProblems(auditee)].map((problem) => ({ ...problem, where }));
    }),
};

function stateProblems({ member, isNamed }: Auditee): Problem[] {
  const out = 'invite it again, or take it out of the config (docs/runbooks/removing-a-site.md)';
  if (!member) return [error('account', 'not in the organization', 'a member', out)];
  // A unit keeps its closed accounts for 90 days, and nobody can take them out of it.
  if (member.state === 'ACTIVE' || !isNamed) return [];
  return [error('account', member.state, 'ACTIVE', 'reopen it within 90 days, or take it out of the config')];
}

function reachProblems({ reaches, management, sites }: Auditee): Problem[] {
  const byUnit = reaches.filter(({ by }) => by !== 'account').map(({ rollout }) => rollout);
  const byId = reaches.filter(({ by }) => by !== 'unit').map(({ rollout }) => rollout);
  const regionsOf = (rollouts: typeof byUnit) =>
    new Set(rollouts.flatMap(({ members }) => members.map(({ region }) => region)));
  const twice = [...regionsOf(byUnit)].filter((region) => regionsOf(byId).has(region));
  const plansOfSources = new Set(
    sites.flatMap((site) =>
      site.role === 'source' && !isOfRollout(site) ? site.plans.map(({ name }) => `${name} ${site.region}`) : [],
    ),
  );
  const both = reaches.flatMap(({ rollout: { members } }) =>
    members.flatMap(({ region, plans }) =>
      plans.map(({ name }) => `${name} ${region}`).filter((one) => plansOfSources.has(one)),
    ),
  );
  return [
    ...(twice.length > 0
      ? [
          error(
            'rollouts',
            `reached twice in ${twice.join(', ')}: by its id (${namesOf(byId)}) and by a unit (${namesOf(byUnit)})`,
            'once',
            'take the account out of accounts of the rollout: the second StackSet finds all names taken',
          ),
        ]
      : []),
    ...(both.length > 0
      ? [
          warning(
            'rollouts',
            `plan ${both.join(', plan ')} backs it up by a source stack too`,
            'once',
            'take the plan from the source, or the account out of the unit: everything is backed up and paid twice',
          ),
        ]
      : []),
    ...(management && reaches.length > 0
      ? [
          warning(
            'rollouts',
            `the management account is reached (${namesOf([...byUnit, ...byId])})`,
            'member accounts alone',
            'attach to units below the root: StackSets never make what the plans need in the management account',
          ),
        ]
      : []),
  ];
}

const namesOf = (rollouts: readonly { readonly name: string }[]) =>
  [...new Set(rollouts.map(({ name }) => name))].join(', ');
