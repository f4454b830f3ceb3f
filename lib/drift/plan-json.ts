/**
 * As much of what `terraform show -json` says of a plan as is read here.
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface PlanJson {
  /** What Terraform found otherwise than its state had it, of any attribute. */
  readonly resource_drift?: readonly ResourceChange[];
  /** What it would do about each resource, to do nothing among it. */
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Change>>;
  readonly configuration?: { readonly root_module?: { readonly resources?: readonly ConfiguredResource[] } };
}

export interface ResourceChange {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly change: Change;
}

export interface Change {
  readonly actions: readonly Action[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
}

export type Action = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget';

interface ConfiguredResource {
  readonly address: string;
  readonly expressions?: Readonly<Record<string, unknown>>;
}
