/** As much of a synthesized stack as names its resources. */
export interface StackJson {
  readonly terraform: { readonly required_providers: unknown };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Construct>>>>;
}

interface Construct {
  readonly '//'?: { readonly metadata?: { readonly path?: string } };
}

/** Names resources as the stack does: by the path of their construct, such as `Vault/AccessPolicy`. */
export const constructNames =
  ({ resource = {} }: StackJson) =>
  (address: string): string => {
    const [type = '', name = ''] = address.split('.');
    const path = resource[type]?.[name]?.['//']?.metadata?.path;
    // What has left the config is named by its id, in which the same path stands before a hash.
    if (path === undefined) return type === 'output' ? address : name.replace(/_[0-9A-F]{8}$/, '').replaceAll('_', '/');
    return path.replace(/^[^/]*\//, '').replace(/\/Resource$/, '');
  };
