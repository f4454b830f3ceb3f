import { type Partition, roleArn, vaultArn } from '../aws/arn';
import { partitionOf } from '../aws/regions';
import { type CompiledPolicy, compilePolicy } from '../iam/policy';
import { PolicyError } from '../iam/policy-error';
import { refuseUnknownKeys } from './condition-keys';
import type { Tags } from './deployed';
import { ProofError } from './proof-error';
import { type OrganizationFacts, References } from './references';
import type { Block, Synthesized } from './synthesized';

/** A resource of a stack, with the account and Region its provider puts it in. */
export interface Placed {
  readonly stack: string;
  readonly id: string;
  /** With all references followed. */
  readonly block: Block;
  readonly accountId: string;
  readonly region: string;
  readonly partition: Partition;
  /** Its own, and those that the provider gives everything. */
  readonly tags: Tags;
}

type Place = Pick<Placed, 'partition' | 'region' | 'accountId'>;

/** Attributes that say what a resource belongs to. */
const NAMING = [
  'backup_vault_name',
  'encryption_key_arn',
  'iam_role_arn',
  'key_id',
  'kms_key_arn',
  'name',
  'path',
  'plan_id',
  'policy_arn',
  'policy_id',
  'principal',
  'resource_arn',
  'resource_share_arn',
  'role',
  'stack_set_name',
  'target_id',
];

/** Reads the resources of all stacks, type by type. */
export class PlacedResources {
  readonly references: References;

  constructor(
    private readonly stacks: Synthesized['stacks'],
    facts: OrganizationFacts,
  ) {
    this.references = new References(stacks, facts, (stack, type, id, attribute) => {
      const block = stacks[stack]?.resource?.[type]?.[id];
      return block && computed(type, `${stack}.${id}`, attribute, block, this.placeOf(stack, block));
    });
  }

  /**
   * Every resource of a type.
   * @throws ProofError where one names another that nobody can tell before the deploy
   */
  all(type: string): Placed[] {
    return Object.entries(this.stacks).flatMap(([stack, { resource }]) =>
      Object.entries(resource?.[type] ?? {}).map(([id, raw]) => {
        const { defaultTags, ...place } = this.placeOf(stack, raw);
        const block = this.references.resolve(stack, raw) as Block;
        for (const attribute of NAMING) {
          const name = block[attribute];
          if (typeof name === 'string' && name.includes('${')) {
            throw new ProofError(
              `${stack}.${id} names ${name} as ${attribute}, and the proof cannot tell what that is`,
            );
          }
        }
        return { stack, id, block, ...place, tags: { ...defaultTags, ...((block.tags ?? {}) as Tags) } };
      }),
    );
  }

  private placeOf(stack: string, block: Block) {
    const alias = String(block.provider ?? '').replace(/^aws\./, '');
    const provider = [this.stacks[stack]?.provider?.aws ?? []].flat().find((one) => one.alias === alias);
    const region = String(provider?.region ?? '');
    const accountId = String((provider?.allowed_account_ids as string[] | undefined)?.[0] ?? '');
    const [defaults] = (provider?.default_tags as { readonly tags?: Tags }[] | undefined) ?? [];
    return { region, accountId, partition: partitionOf(region), defaultTags: defaults?.tags ?? {} };
  }
}

/** The policy that a resource has in one of its attributes. */
export const policyOf = ({ stack, id }: Placed, policy: unknown): CompiledPolicy => policyAt(`${stack}.${id}`, policy);

/**
 * A policy as a stack or a file has it, under the name the proof calls it by.
 * @throws ProofError where it is not plain JSON, or says what the proof does not understand
 */
export function policyAt(name: string, policy: unknown): CompiledPolicy {
  try {
    const document: unknown = typeof policy === 'string' ? JSON.parse(policy) : policy;
    refuseUnknownKeys(name, document);
    return compilePolicy(name, document);
  } catch (error) {
    if (error instanceof SyntaxError) throw new ProofError(`the policy of ${name} is not plain JSON: ${error.message}`);
    if (error instanceof PolicyError) throw new ProofError(error.message);
    throw error;
  }
}

/**
 * Policies by the ARN of what they are of.
 * @throws ProofError where something has two
 */
export function once(
  policies: readonly (readonly [arn: string, policy: CompiledPolicy])[],
): Map<string, CompiledPolicy> {
  const known = new Map<string, CompiledPolicy>();
  for (const [arn, policy] of policies) {
    const other = known.get(arn);
    if (other)
      throw new ProofError(
        `${arn} has two policies, of which the last deployed wins: ${other.name} and ${policy.name}`,
      );
    known.set(arn, policy);
  }
  return known;
}

/** AWS gives keys an id of their own; until then their address in Terraform stands for it. */
export const keyArnOf = ({ partition, region, accountId, stack, id }: Place & Pick<Placed, 'stack' | 'id'>): string =>
  `arn:${partition}:kms:${region}:${accountId}:key/${stack}.${id}`;

/** The same for plans. */
export const planArnOf = ({ partition, region, accountId, stack, id }: Place & Pick<Placed, 'stack' | 'id'>): string =>
  `arn:${partition}:backup:${region}:${accountId}:backup-plan:${stack}.${id}`;

/** A role by its path and name. */
export const roleArnOf = (block: Block, { partition, accountId }: Place): string =>
  roleArn(partition, accountId, `${String(block.path ?? '/').slice(1)}${String(block.name)}`);

function computed(type: string, address: string, attribute: string, block: Block, place: Place): string | undefined {
  const [stack = '', id = ''] = address.split(/\.(.*)/);
  if (type === 'aws_backup_plan') return planArnOf({ ...place, stack, id });
  if (type === 'aws_organizations_policy') return address;
  // Of a key both name it in the policies and resources that belong to it.
  if (type === 'aws_kms_key')
    return ['arn', 'id', 'key_id'].includes(attribute) ? keyArnOf({ ...place, stack, id }) : undefined;
  if (type === 'aws_ram_resource_share') return address;
  const isNamed = ['aws_backup_vault', 'aws_backup_logically_air_gapped_vault', 'aws_iam_role'].includes(type);
  // Of these the id is the name.
  if (isNamed && attribute === 'id') return String(block.name);
  if (attribute !== 'arn') return undefined;
  if (type === 'aws_backup_vault' || type === 'aws_backup_logically_air_gapped_vault') {
    return vaultArn(place, String(block.name));
  }
  if (type === 'aws_iam_policy') return address;
  return type === 'aws_iam_role' ? roleArnOf(block, place) : undefined;
}
