import type { CompiledPolicy } from '../iam/policy';
import type { Deployed, DeployedKey, DeployedPlan, Tags } from './deployed';
import { keyArnOf, once, PlacedResources, planArnOf, policyOf } from './placed';
import { ProofError } from './proof-error';
import { readRoles } from './read-roles';
import { readVaults } from './read-vaults';
import type { OrganizationFacts } from './references';
import type { Synthesized } from './synthesized';

/** What lets somebody in past the policies that the proof judges. */
const UNJUDGED = ['aws_kms_grant', 'aws_iam_policy_attachment', 'aws_kms_replica_key', 'aws_kms_external_key'];

/**
 * Makes out of the written stacks what AWS will hold after the deploy.
 * @throws ProofError where a policy is not plain JSON, says what the proof does not understand, or stands there twice
 */
export function readDeployed({ stacks }: Synthesized, facts: OrganizationFacts): Deployed {
  const resources = new PlacedResources(stacks, facts);
  for (const type of UNJUDGED) {
    const [first] = resources.all(type);
    if (first) throw new ProofError(`${first.stack}.${first.id} is of type ${type}, which the proof cannot judge`);
  }
  return {
    vaults: byArn(readVaults(resources)),
    keys: byArn(readKeys(resources)),
    roles: byArn(readRoles(resources)),
    plans: readPlans(resources),
    serviceControl: readServiceControl(resources),
    isCrossAccountBackupEnabled: resources
      .all('aws_backup_global_settings')
      .some(({ block }) => (block.global_settings as Tags | undefined)?.isCrossAccountBackupEnabled === 'true'),
    output: (stack, name) => resources.references.output(stack, name),
  };
}

const byArn = <Owned extends { readonly arn: string }>(owned: readonly Owned[]) =>
  new Map(owned.map((one) => [one.arn, one]));

function readKeys(resources: PlacedResources): DeployedKey[] {
  const beside = resources
    .all('aws_kms_key_policy')
    .map((placed) => [String(placed.block.key_id), policyOf(placed, placed.block.policy)] as const);
  const keys = resources.all('aws_kms_key');
  const within = keys.flatMap((placed) =>
    placed.block.policy === undefined ? [] : [[keyArnOf(placed), policyOf(placed, placed.block.policy)] as const],
  );
  const policies = once([...within, ...beside]);
  return keys.map((placed) => {
    const { accountId, region, tags, stack, id } = placed;
    const arn = keyArnOf(placed);
    const policy = policies.get(arn);
    if (!policy)
      throw new ProofError(`${stack}.${id} is a key without a policy: AWS would give it one that anybody changes`);
    return { arn, accountId, region, tags, policy };
  });
}

interface PlannedRule {
  readonly copy_action?: readonly { readonly destination_vault_arn: string }[];
  readonly target_logically_air_gapped_backup_vault_arn?: string;
}

function readPlans(resources: PlacedResources): DeployedPlan[] {
  const selections = resources.all('aws_backup_selection');
  return resources.all('aws_backup_plan').map((placed): DeployedPlan => {
    const { stack, block, accountId, region, tags } = placed;
    const arn = planArnOf(placed);
    const rules = (block.rule ?? []) as readonly PlannedRule[];
    return {
      arn,
      stack,
      accountId,
      region,
      tags,
      copyTargets: rules.flatMap(
        ({ copy_action: copies = [], target_logically_air_gapped_backup_vault_arn: airGapped }) => [
          ...copies.map((copy) => copy.destination_vault_arn),
          ...(airGapped === undefined ? [] : [airGapped]),
        ],
      ),
      roleArns: selections
        .filter((selection) => selection.stack === stack && selection.block.plan_id === arn)
        .map((selection) => String(selection.block.iam_role_arn)),
    };
  });
}

function readServiceControl(resources: PlacedResources): Map<string, CompiledPolicy[]> {
  const compiled = new Map(
    resources
      .all('aws_organizations_policy')
      .filter(({ block }) => block.type === 'SERVICE_CONTROL_POLICY')
      .map((placed) => [`${placed.stack}.${placed.id}`, policyOf(placed, placed.block.content)]),
  );
  const byTarget = new Map<string, CompiledPolicy[]>();
  for (const { block } of resources.all('aws_organizations_policy_attachment')) {
    const policy = compiled.get(String(block.policy_id));
    const target = String(block.target_id);
    if (policy) byTarget.set(target, [...(byTarget.get(target) ?? []), policy]);
  }
  return byTarget;
}
