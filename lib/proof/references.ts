import type { Block, StackFile } from './synthesized';

/** What no stack says because AWS does: the ids that the config claims and the apply checks. */
export interface OrganizationFacts {
  readonly organizationId: string;
  readonly rootId: string;
  readonly managementAccountId: string;
}

/** The value of an attribute that Terraform learns only from AWS, such as an ARN; undefined where nobody can tell. */
export type ComputedAttribute = (stack: string, type: string, id: string, attribute: string) => string | undefined;

/**
 * Follows Terraform's references through all stacks, outputs and remote states among them. What cannot be told before the
 * deploy stays as the text of its reference, which matches nothing.
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export class References {
  private readonly stateOwners: ReadonlyMap<string, string>;
  private readonly outputs = new Map<string, unknown>();

  constructor(
    private readonly stacks: Readonly<Record<string, StackFile>>,
    private readonly facts: OrganizationFacts,
    private readonly computed: ComputedAttribute,
  ) {
    this.stateOwners = new Map(
      Object.entries(stacks).flatMap(([name, { terraform }]) => stateIdentities(terraform).map((id) => [id, name])),
    );
  }

  /** A value of a stack with all its references followed, texts within texts too. */
  resolve(stack: string, value: unknown): unknown {
    if (typeof value === 'string') return this.text(stack, value);
    if (Array.isArray(value)) return value.map((item) => this.resolve(stack, item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, this.resolve(stack, held)]));
  }

  private text(stack: string, text: string): unknown {
    if (!text.includes('${') && !text.includes('%{')) return text;
    const whole = /^\$\{([^{}]+)\}$/.exec(text);
    if (whole?.[1] !== undefined) return this.reference(stack, whole[1]) ?? text;
    return text.replaceAll(/(\$\$\{|%%\{)|\$\{([^{}]+)\}/g, (all, escaped?: string, expression?: string) => {
      // What Terraform leaves alone: a variable of IAM's own.
      if (escaped !== undefined) return escaped.slice(1);
      const value = this.reference(stack, expression ?? '');
      return typeof value === 'string' ? value : all;
    });
  }

  private reference(stack: string, expression: string): unknown {
    const steps = expression.trim().split('.');
    if (steps[0] === 'data') return this.ofData(stack, steps.slice(1));
    const [type = '', id = '', attribute = '', ...rest] = steps;
    const block = this.stacks[stack]?.resource?.[type]?.[id];
    if (!block || rest.length > 0) return undefined;
    if (typeof block[attribute] === 'string') return this.resolve(stack, block[attribute]);
    return this.computed(stack, type, id, attribute);
  }

  private ofData(stack: string, [type = '', id = '', ...path]: readonly string[]): unknown {
    if (type === 'aws_organizations_organization') return this.ofOrganization(path.join('.'));
    if (type !== 'terraform_remote_state' || path[0] !== 'outputs' || path[1] === undefined) return undefined;
    const block = this.stacks[stack]?.data?.[type]?.[id];
    const [owner] = block
      ? stateIdentities(remoteBackend(block)).flatMap((one) => this.stateOwners.get(one) ?? [])
      : [];
    return owner === undefined ? undefined : this.output(owner, path[1]);
  }

  /** The value of a stack's output. */
  output(stack: string, name: string): unknown {
    const key = `${stack} ${name}`;
    if (!this.outputs.has(key)) {
      this.outputs.set(key, this.resolve(stack, this.stacks[stack]?.output?.[name]?.value));
    }
    return this.outputs.get(key);
  }

  private ofOrganization(path: string): string | undefined {
    if (path === 'id') return this.facts.organizationId;
    if (/^roots\[0\]\.id$|^roots\.0\.id$/.test(path)) return this.facts.rootId;
    return path === 'master_account_id' ? this.facts.managementAccountId : undefined;
  }
}

const remoteBackend = (block: Block): Block => {
  const kind = String(block.backend);
  return kind === 'remote' ? { cloud: block.config } : { backend: { [kind]: block.config } };
};

/** What tells a state from all others, in a stack's own backend as in a data source that reads it. */
function stateIdentities(terraform: Block): string[] {
  const backends = Object.entries((terraform.backend ?? {}) as Readonly<Record<string, Block>>).map(
    ([kind, { path, bucket, key }]) => [kind, path, bucket, key].join(' '),
  );
  const workspaces = (terraform.cloud as Block | undefined)?.workspaces as { readonly name?: string } | undefined;
  return [...backends, ...(workspaces?.name === undefined ? [] : [`cloud ${workspaces.name}`])];
}
