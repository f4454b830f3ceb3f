import { type Partition, roleArn, vaultArn } from '../aws/arn';
import { partitionOf } from '../aws/regions';
import { type CompiledPolicy, compilePolicy } from '../iam/policy';
import { PolicyError } from '../iam/policy-error';
import type { Deployed, DeployedKey, DeployedPlan, DeployedRole, DeployedVault, Tags } from './deployed';
import { managedPolicy } from './managed-policy';
import { ProofError } from './proof-error';
import { type OrganizationFacts, References } from './references';
import type { Block, Synthesized } from './synthesized';

interface Placed {
  readonly stack: string;
  readonly id: string;
  /** With all references followed. */
  readonly block: Block;
  readonly accountId: string;
  readonly region: string;
  readonly partition: Partition;
  readonly tags: Tags;
}

/**
 * Makes out of the written stacks what AWS will hold after the deploy.
 * @throws ProofError where a policy is not plain JSON, or says what the proof does not understand
 */
export function readDeployed({ stacks }: Synthesized, facts: OrganizationFacts): Deployed {
  const placeOf = (stack: string, block: Block) => {
    const alias = String(block.provider ?? '').replace(/^aws\./, '');
    const provider = stacks[stack]?.provider?.aws?.find((one) => one.alias === alias);
    const region = String(provider?.region ?? '');
    const accountId = String((provider?.allowed_account_ids as string[] | undefined)?.[0] ?? '');
    const [defaults] = (provider?.default_tags as { readonly tags?: Tags }[] | undefined) ?? [];
    return { region, accountId, partition: partitionOf(region), defaultTags: defaults?.tags ?? {} };
  };
  const references = new References(stacks, facts, (stack, type, id, attribute) => {
    const block = stacks[stack]?.resource?.[type]?.[id];
    return block ? computed(type, `${stack}.${id}`, attribute, block, placeOf(stack, block)) : undefined;
  });
  const all = (type: string): Placed[] =>
    Object.entries(stacks).flatMap(([stack, { resource }]) =>
      Object.entries(resource?.[type] ?? {}).map(([id, raw]) => {
        const { defaultTags, ...place } = placeOf(stack, raw);
        const block = references.resolve(stack, raw) as Block;
        return { stack, id, block, ...place, tags: { ...defaultTags, ...((block.tags ?? {}) as Tags) } };
      }),
    );
  const policyOf = ({ stack, id }: Placed, text: unknown) => policyAt(`${stack}.${id}`, text);

  const vaultPolicies = new Map(
    all('aws_backup_vault_policy').map((placed) => [
      vaultArn(placed, String(placed.block.backup_vault_name)),
      policyOf(placed, placed.block.policy),
    ]),
  );
  const vaults = [...all('aws_backup_vault'), ...all('aws_backup_logically_air_gapped_vault')].map(
    ({ block, accountId, region, partition, tags }): DeployedVault => {
      const arn = vaultArn({ partition, accountId, region }, String(block.name));
      const keyArn = (block.kms_key_arn ?? block.encryption_key_arn) as string | undefined;
      return { arn, accountId, region, tags, keyArn, policy: vaultPolicies.get(arn) };
    },
  );
  const keys = all('aws_kms_key').map((placed): DeployedKey => {
    const { accountId, region, tags } = placed;
    return { arn: keyArnOf(placed), accountId, region, tags, policy: policyOf(placed, placed.block.policy) };
  });
  const inline = all('aws_iam_role_policy').map((placed) => ({
    ...placed,
    policy: policyOf(placed, placed.block.policy),
  }));
  const attached = all('aws_iam_role_policy_attachment').flatMap((placed) => {
    const policy = managedPolicy(placed.partition, String(placed.block.policy_arn).replace(/^.*:policy\//, ''));
    return policy ? [{ ...placed, policy }] : [];
  });
  const roles = all('aws_iam_role').map((placed): DeployedRole => {
    const { partition, accountId, region, block } = placed;
    const arn = roleArn(partition, accountId, `${String(block.path ?? '/').slice(1)}${String(block.name)}`);
    const identity = [...inline, ...attached]
      .filter((other) => other.stack === placed.stack && other.block.role === block.name)
      .map(({ policy }) => policy);
    return { arn, accountId, region, identity, trust: policyOf(placed, block.assume_role_policy) };
  });
  const selections = all('aws_backup_selection');
  const plans = all('aws_backup_plan').map(({ stack, id, block, accountId, region, partition, tags }): DeployedPlan => {
    const arn = planArnOf(partition, region, accountId, `${stack}.${id}`);
    return {
      arn,
      stack,
      accountId,
      region,
      tags,
      copyTargets: ((block.rule ?? []) as PlannedRule[]).flatMap(
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
  return {
    vaults: byArn(vaults),
    keys: byArn(keys),
    roles: byArn(roles),
    plans,
    serviceControl: attachments(all('aws_organizations_policy'), all('aws_organizations_policy_attachment'), policyOf),
    isCrossAccountBackupEnabled: all('aws_backup_global_settings').some(
      ({ block }) => (block.global_settings as Tags | undefined)?.isCrossAccountBackupEnabled === 'true',
    ),
    output: (stack, name) => references.output(stack, name),
  };
}

interface PlannedRule {
  readonly copy_action?: readonly { readonly destination_vault_arn: string }[];
  readonly target_logically_air_gapped_backup_vault_arn?: string;
}

const byArn = <Owned extends { readonly arn: string }>(owned: readonly Owned[]) =>
  new Map(owned.map((one) => [one.arn, one]));

function attachments(
  policies: readonly Placed[],
  attached: readonly Placed[],
  policyOf: (placed: Placed, text: unknown) => CompiledPolicy,
): Map<string, CompiledPolicy[]> {
  const compiled = new Map(
    policies
      .filter(({ block }) => block.type === 'SERVICE_CONTROL_POLICY')
      .map((placed) => [`${placed.stack}.${placed.id}`, policyOf(placed, placed.block.content)]),
  );
  const byTarget = new Map<string, CompiledPolicy[]>();
  for (const { block } of attached) {
    const policy = compiled.get(String(block.policy_id));
    const target = String(block.target_id);
    if (policy) byTarget.set(target, [...(byTarget.get(target) ?? []), policy]);
  }
  return byTarget;
}

/**
 * A policy as a stack or a file has it, under the name the proof calls it by.
 * @throws ProofError where it is not plain JSON, or says what the proof does not understand
 */
export function policyAt(name: string, policy: unknown): CompiledPolicy {
  try {
    return compilePolicy(name, typeof policy === 'string' ? JSON.parse(policy) : policy);
  } catch (error) {
    if (error instanceof SyntaxError) throw new ProofError(`the policy of ${name} is not plain JSON: ${error.message}`);
    if (error instanceof PolicyError) throw new ProofError(error.message);
    throw error;
  }
}

type Place = Pick<Placed, 'partition' | 'region' | 'accountId'>;

/** AWS gives keys and plans an id of their own; until then their address in Terraform stands for it. */
const keyArnOf = ({ partition, region, accountId, stack, id }: Place & Pick<Placed, 'stack' | 'id'>) =>
  `arn:${partition}:kms:${region}:${accountId}:key/${stack}.${id}`;

const planArnOf = (partition: string, region: string, accountId: string, address: string) =>
  `arn:${partition}:backup:${region}:${accountId}:backup-plan:${address}`;

function computed(type: string, address: string, attribute: string, block: Block, place: Place): string | undefined {
  const [stack = '', id = ''] = address.split(/\.(.*)/);
  if (type === 'aws_kms_key' && attribute === 'arn') return keyArnOf({ ...place, stack, id });
  if (type === 'aws_backup_plan') return planArnOf(place.partition, place.region, place.accountId, address);
  if (type === 'aws_organizations_policy') return address;
  if (attribute !== 'arn') return undefined;
  if (type === 'aws_backup_vault' || type === 'aws_backup_logically_air_gapped_vault') {
    return vaultArn(place, String(block.name));
  }
  return type === 'aws_iam_role'
    ? roleArn(place.partition, place.accountId, `${String(block.path ?? '/').slice(1)}${String(block.name)}`)
    : undefined;
}
