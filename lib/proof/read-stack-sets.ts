import type { Place } from '../aws/arn';
import { STACK_ACCOUNT, STACK_PARTITION, STACK_REGION } from '../aws/cloudformation';
import type { Placed, PlacedResources } from './placed';
import { ProofError } from './proof-error';

/** A resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** A StackSet as it will be, and where it makes stacks. */
export interface DeployedStackSet {
  /** Where it stands in the stacks. */
  readonly address: string;
  readonly name: string;
  readonly permissionModel: unknown;
  readonly isAutomatic: boolean;
  readonly retainsStacks: boolean;
  readonly targets: readonly StackSetTarget[];
  /** The template with everything filled in that CloudFormation knows in an account and Region. */
  readonly templateAt: (place: Place) => Readonly<Record<string, TemplateResource>>;
}

/** One entry of a StackSet's deployment: units, or single accounts below a unit, in one Region. */
export interface StackSetTarget {
  readonly address: string;
  readonly region: string;
  readonly unitIds: readonly string[];
  /** Undefined for all accounts of the units. */
  readonly accountIds: readonly string[] | undefined;
  readonly retainsStack: boolean;
}

/**
 * Every StackSet of the stacks.
 * @throws ProofError where a template is not JSON, or says what the proof does not understand
 */
export function readStackSets(resources: PlacedResources): DeployedStackSet[] {
  const instances = resources.all('aws_cloudformation_stack_set_instance');
  return resources.all('aws_cloudformation_stack_set').map((placed): DeployedStackSet => {
    const { block, stack, id } = placed;
    const address = `${stack}.${id}`;
    const [automatic] = [block.auto_deployment ?? {}].flat() as Readonly<Record<string, unknown>>[];
    return {
      address,
      name: String(block.name),
      permissionModel: block.permission_model,
      isAutomatic: automatic?.enabled === true,
      retainsStacks: automatic?.retain_stacks_on_account_removal === true,
      targets: instances
        .filter((one) => one.stack === stack && one.block.stack_set_name === block.name)
        .map(readTarget),
      templateAt: (place) => filledIn(address, block.template_body, place),
    };
  });
}

function readTarget({ stack, id, block }: Placed): StackSetTarget {
  const address = `${stack}.${id}`;
  const [targets] = [block.deployment_targets ?? {}].flat() as Readonly<Record<string, unknown>>[];
  const { organizational_unit_ids: unitIds, accounts, account_filter_type: filter = 'NONE' } = targets ?? {};
  if (!Array.isArray(unitIds)) throw new ProofError(`${address} names no organizational_unit_ids`);
  if (filter !== (accounts === undefined ? 'NONE' : 'INTERSECTION')) {
    throw new ProofError(`${address} has account_filter_type ${filter}, which the proof cannot judge`);
  }
  return {
    address,
    region: String(block.region),
    unitIds: unitIds.map(String),
    accountIds: accounts === undefined ? undefined : (accounts as unknown[]).map(String),
    retainsStack: block.retain_stack === true,
  };
}

function filledIn(address: string, body: unknown, place: Place): Readonly<Record<string, TemplateResource>> {
  try {
    const template = JSON.parse(String(body)) as { readonly Resources: Readonly<Record<string, TemplateResource>> };
    return Object.fromEntries(
      Object.entries(template.Resources).map(([id, resource]) => [id, fill(resource, place) as TemplateResource]),
    );
  } catch (error) {
    if (error instanceof SyntaxError) throw new ProofError(`the template of ${address} is no JSON: ${error.message}`);
    throw error;
  }
}

/** Follows the one function that has to be known to tell ARNs; the others stay, and match nothing. */
function fill(value: unknown, place: Place): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, place));
  if (typeof value !== 'object' || value === null) return value;
  const [only, ...others] = Object.entries(value);
  if (only?.[0] === 'Fn::Sub' && others.length === 0 && typeof only[1] === 'string') {
    return only[1]
      .replaceAll(STACK_ACCOUNT, place.accountId)
      .replaceAll(STACK_REGION, place.region)
      .replaceAll(STACK_PARTITION, place.partition);
  }
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, fill(held, place)]));
}
