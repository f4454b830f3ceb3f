import { MAX_TEMPLATE_LENGTH } from '../aws/cloudformation';
import { BACKUP_POLICY_LIMITS, MAX_PLAN_NAME_LENGTH } from '../aws/limits';
import { REGIONS } from '../aws/regions';
import type { Problem } from '../config/config-error';
import { backupPolicy, policyGroups, vaultArnIn } from '../policies/backup-policies';
import { baselineTemplate, templateJson } from '../policies/baseline-template';
import type { Rollout } from '../topology/rollout';
import type { Topology } from '../topology/topology';
import type { SiteRule } from './site-rule';

/** What a rollout brings fits into what AWS takes: names, policies, policies on one target, and the template. */
export const checkRollouts: SiteRule = ({ organization }, topology) => {
  const { organizationPolicies, destinations } = topology;
  if (!organizationPolicies) return [];
  const { rollouts, baseline } = organizationPolicies;
  const groups = rollouts.map((rollout) => policyGroups(rollout, destinations));
  const template = templateJson(baselineTemplate(baseline.member, organization.id)).length;
  return [
    ...rollouts.flatMap((rollout, index) => longNames(rollout, index)),
    ...groups.flatMap((policies) => longPlans(policies, topology)),
    ...crowdedTargets(
      rollouts,
      groups.map(({ length }) => length),
    ),
    ...(template <= MAX_TEMPLATE_LENGTH
      ? []
      : [
          {
            path: ['organizationPolicies', 'rollouts'],
            message: `must fit a template of ${MAX_TEMPLATE_LENGTH} characters, got ${template}: copy to fewer vaults`,
          },
        ]),
  ];
};

const longNames = ({ members }: Rollout, index: number): Problem[] => {
  const [long] = members.flatMap(({ plans }) =>
    plans.filter(({ physicalName }) => physicalName.length > MAX_PLAN_NAME_LENGTH),
  );
  if (!long) return [];
  const message = `must make names of at most ${MAX_PLAN_NAME_LENGTH} characters, got "${long.physicalName}" (${long.physicalName.length}): shorten the plan's name, or prefix`;
  return [{ path: ['organizationPolicies', 'rollouts', index, 'plans'], message }];
};

/** A plan that stands by itself and is too long cannot be divided. */
const longPlans = (policies: ReturnType<typeof policyGroups>, { destinations }: Topology): Problem[] =>
  policies.flatMap((plans): Problem[] => {
    const [only] = plans;
    const length = backupPolicy(plans, vaultArnIn(destinations)).length;
    if (!only || length <= BACKUP_POLICY_LIMITS.characters) return [];
    const message = `must fit a backup policy of ${BACKUP_POLICY_LIMITS.characters} characters, got ${length} in ${only.member.region}: a policy cannot hold a part of a plan; make two plans of its rules`;
    return [{ path: ['plans', only.plan.name], message, isAtKey: true }];
  });

function crowdedTargets(rollouts: readonly Rollout[], policies: readonly number[]): Problem[] {
  const attached = new Map<string, number>();
  return rollouts.flatMap(({ targetIds }, index): Problem[] => {
    for (const id of targetIds) attached.set(id, (attached.get(id) ?? 0) + (policies[index] ?? 0));
    const crowded = targetIds.find((id) => (attached.get(id) ?? 0) > BACKUP_POLICY_LIMITS.perTarget);
    if (crowded === undefined) return [];
    const message = `must put at most ${BACKUP_POLICY_LIMITS.perTarget} backup policies on one target, got ${attached.get(crowded)} on ${crowded}: roll out fewer or shorter plans there, or some of them on the unit above`;
    return [{ path: ['organizationPolicies', 'rollouts', index], message }];
  });
}

/** In a Region that an account has not enabled, its stack fails, and its plans do. */
export const rolloutSiteWarnings: SiteRule = ({ organizationPolicies: { rollouts } }) =>
  rollouts.flatMap(({ regions }, rollout) =>
    regions.flatMap((region, index) =>
      REGIONS[region]?.isOptIn
        ? [
            {
              path: ['organizationPolicies', 'rollouts', rollout, 'regions', index],
              message:
                'is an opt-in Region: every account of the rollout must have it enabled, or its stack fails there',
            },
          ]
        : [],
    ),
  );
