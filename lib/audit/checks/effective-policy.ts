import { DescribeEffectivePolicyCommand, type EffectivePolicy } from '@aws-sdk/client-organizations';
import { POLICY_ACCOUNT } from '../../aws/backup';
import { vaultArnIn } from '../../policies/backup-policies';
import { policyPlan } from '../../policies/backup-policy';
import { ORGANIZATION_POLICIES_STACK } from '../../topology/names';
import type { DestinationSite } from '../../topology/topology';
import type { Auditee } from '../auditee';
import type { CheckOf } from '../check';
import { differences, differencesText } from '../differences';
import { error, type Problem } from '../finding';

type Fields = Readonly<Record<string, unknown>>;

/** What backup policies come to in an account: its plans are there, in their Regions, and nobody has merged into them. */
export const effectivePolicy: CheckOf<'account'> = {
  name: 'effective policy',
  of: 'account',
  asked: 'organization',
  problems: async ({ auditee, organization, topology }) => {
    if (auditee.reaches.length === 0) return [];
    const { EffectivePolicy } = await organization.ask<{ EffectivePolicy?: EffectivePolicy | undefined }>(
      'organizations:DescribeEffectivePolicy',
      (client) =>
        client.send(new DescribeEffectivePolicyCommand({ PolicyType: 'BACKUP_POLICY', TargetId: auditee.accountId })),
      { EffectivePolicyNotFoundException: {} },
    );
    const found = placed(JSON.parse(EffectivePolicy?.PolicyContent ?? '{}'), auditee) as { readonly plans?: Fields };
    return problemsOf(found.plans ?? {}, expectedPlans(auditee, topology.destinations));
  },
};

function problemsOf(found: Fields, expected: Fields): Problem[] {
  const remedy = `deploy the stack ${ORGANIZATION_POLICIES_STACK}, and see which policies above the account change the plan`;
  return Object.entries(expected).flatMap(([name, plan]) => {
    const what = `plan ${name} of the effective policy`;
    if (found[name] === undefined) return [error(what, 'not there', 'a plan of the rollout', remedy)];
    const changed = differences(found[name], plan);
    return changed.length === 0 ? [] : [error(what, differencesText(changed), 'as the config has it', remedy)];
  });
}

/** The plans of an account as AWS shows them: keys in lower case, and values without their operators. */
function expectedPlans(auditee: Auditee, destinations: readonly DestinationSite[]): Fields {
  const plans = auditee.reaches.flatMap(({ rollout }) =>
    rollout.members.flatMap((member) =>
      member.plans.map((plan): [string, unknown] => [
        plan.physicalName,
        placed(shown(policyPlan(plan, member, vaultArnIn(destinations))), auditee),
      ]),
    ),
  );
  return Object.fromEntries(plans);
}

function shown(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  const { '@@assign': assigned, ...inner } = node as Fields;
  if (assigned !== undefined) return assigned;
  return Object.fromEntries(Object.entries(inner).map(([key, value]) => [key.toLowerCase(), shown(value)]));
}

/** With the account where a policy says that it is to be filled in. */
function placed(value: unknown, { accountId }: Pick<Auditee, 'accountId'>): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(POLICY_ACCOUNT, accountId));
}
