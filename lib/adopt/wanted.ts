/** A resource as the stacks of a config were written to make it. */
export interface WantedResource {
  readonly stack: string;
  readonly type: string;
  /** Its id in Terraform. */
  readonly id: string;
  /** The path of its construct below the stack. */
  readonly path: string;
  readonly accountId: string;
  readonly region: string;
  /** Its arguments, all references followed; `<stack>.<id>` is in the place of what AWS alone will tell. */
  readonly block: Readonly<Record<string, unknown>>;
  /** Its own, and those of everything. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Types of resources that can be taken over. */
export const ADOPTED_TYPES = [
  'aws_backup_global_settings',
  'aws_backup_logically_air_gapped_vault',
  'aws_backup_plan',
  'aws_backup_region_settings',
  'aws_backup_selection',
  'aws_backup_vault',
  'aws_backup_vault_lock_configuration',
  'aws_backup_vault_policy',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_kms_alias',
  'aws_kms_key',
  'aws_organizations_delegated_administrator',
  'aws_organizations_policy',
  'aws_organizations_policy_attachment',
  'aws_organizations_resource_policy',
] as const;
export type AdoptedType = (typeof ADOPTED_TYPES)[number];

/** Settings that AWS always has: an apply changes them, whether they are taken over or not. */
export const ALWAYS_THERE: readonly string[] = ['aws_backup_global_settings', 'aws_backup_region_settings'];

/** Whether a reference of one resource is to another, of which AWS alone will tell the id. */
export const isReferenceTo = (reference: unknown, { stack, id }: Pick<WantedResource, 'stack' | 'id'>): boolean =>
  new RegExp(`(^|[:/])${stack}\\.${id}$`).test(String(reference));
