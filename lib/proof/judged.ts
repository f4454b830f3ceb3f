import { ProofError } from './proof-error';
import type { Block, StackFile } from './synthesized';

/** Services in which every resource bears on who may do what to backups. */
const SENSITIVE = /^aws_(backup|cloudformation|iam|kms|organizations|ram)_/;

/** Of those, the types that the proof reads, and those that let nobody in. */
const KNOWN_TYPES = new Set([
  'aws_backup_framework',
  'aws_backup_global_settings',
  'aws_backup_logically_air_gapped_vault',
  'aws_backup_plan',
  'aws_backup_region_settings',
  'aws_backup_report_plan',
  'aws_backup_restore_testing_plan',
  'aws_backup_restore_testing_selection',
  'aws_backup_selection',
  'aws_backup_vault',
  'aws_backup_vault_lock_configuration',
  'aws_backup_vault_notifications',
  'aws_backup_vault_policy',
  'aws_cloudformation_stack_set',
  'aws_cloudformation_stack_set_instance',
  'aws_iam_policy',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_iam_service_linked_role',
  'aws_kms_alias',
  'aws_kms_key',
  'aws_kms_key_policy',
  'aws_organizations_delegated_administrator',
  'aws_organizations_policy',
  'aws_organizations_policy_attachment',
  'aws_organizations_resource_policy',
  'aws_ram_principal_association',
  'aws_ram_resource_association',
  'aws_ram_resource_share',
]);

/** What a stack consists of; a module, for one, would bring resources that are not in it. */
const KNOWN_PARTS = new Set(['//', 'terraform', 'provider', 'data', 'resource', 'output', 'import', 'moved', 'locals']);

/** What would make something else of a resource than what stands in it. */
const REFUSED_ARGUMENTS = ['count', 'for_each', 'dynamic', 'region', 'permissions_boundary'];

/** Where such a name means something of the resource itself: the Region that a StackSet makes stacks in. */
const OWN_ARGUMENTS: Readonly<Record<string, string>> = { aws_cloudformation_stack_set_instance: 'region' };

/** Attributes whose change in AWS may stay, by type: the provider reads them back otherwise, and none lets anybody in. */
const IGNORED_CHANGES: Readonly<Record<string, readonly string[]>> = {
  aws_backup_vault_lock_configuration: ['changeable_for_days'],
  aws_cloudformation_stack_set: ['administration_role_arn'],
  aws_cloudformation_stack_set_instance: ['operation_preferences'],
};

/**
 * Refuses what the proof cannot judge, wherever an operator has added it.
 * @throws ProofError with the address of the first such thing
 */
export function refuseUnjudged(stacks: Readonly<Record<string, StackFile>>): void {
  for (const [stack, file] of Object.entries(stacks)) {
    for (const part of Object.keys(file)) if (!KNOWN_PARTS.has(part)) refuse(`stack ${stack} has ${part}`);
    for (const provider of [file.provider?.aws ?? []].flat()) {
      if ('ignore_tags' in provider) refuse(`a provider of stack ${stack} has ignore_tags`);
    }
    for (const [type, ofType] of Object.entries(file.resource ?? {})) {
      if (!SENSITIVE.test(type)) continue;
      if (Array.isArray(ofType)) refuse(`${stack} has resources of type ${type} as a list`);
      for (const [id, block] of Object.entries(ofType)) {
        if (!KNOWN_TYPES.has(type)) refuse(`${stack}.${id} is of type ${type}`);
        refuseArguments(`${stack}.${id}`, type, block);
      }
    }
  }
}

function refuseArguments(address: string, type: string, block: Block): void {
  for (const argument of REFUSED_ARGUMENTS) {
    if (argument in block && OWN_ARGUMENTS[type] !== argument) refuse(`${address} has ${argument}`);
  }
  const lifecycle = [block.lifecycle ?? {}].flat()[0] as { readonly ignore_changes?: unknown };
  const ignored = [lifecycle.ignore_changes ?? []].flat() as string[];
  const isSettings = type === 'aws_backup_region_settings';
  const unknown = ignored.find((attribute) => !isSettings && !IGNORED_CHANGES[type]?.includes(attribute));
  if (unknown !== undefined) refuse(`${address} ignores changes of ${unknown}`);
}

function refuse(what: string): never {
  throw new ProofError(`${what}, which the proof cannot judge`);
}
