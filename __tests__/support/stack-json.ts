import type { StackJson } from './synthesize';

export type Block = Readonly<Record<string, unknown>>;
export type Stacks = Readonly<Record<string, StackJson>>;

/** The blocks of a key that may hold none, one or many. */
export const blocksOf = (block: Block | undefined, key: string): Block[] => {
  const held = block?.[key];
  if (held === undefined || held === null) return [];
  return (Array.isArray(held) ? held : [held]) as Block[];
};

export const textsOf = (block: Block, key: string): string[] => (block[key] ?? []) as string[];

export const textOf = (block: Block | undefined, key: string): string => String(block?.[key] ?? '');

/** Not a number where there is none, which no rule takes. */
export const numberOf = (block: Block | undefined, key: string): number =>
  typeof block?.[key] === 'number' ? (block[key] as number) : Number.NaN;

export const resourcesOfType = (stack: StackJson, type: string): Block[] => Object.values(stack.resource[type] ?? {});

export const accountOf = ({ provider }: StackJson): string =>
  String((provider.aws[0]?.allowed_account_ids as string[] | undefined)?.[0]);

export const regionOf = ({ provider }: StackJson): string => textOf(provider.aws[0], 'region');

/** Where the state of a stack lies, as the stack itself and as a reader of it says. */
const ownState = ({ terraform: { backend = {}, cloud } }: StackJson): string => {
  const [[kind = '', given = {}] = []] = Object.entries(backend);
  return cloud ? stateName('remote', cloud) : stateName(kind, given);
};

function stateName(kind: string, given: Block): string {
  const [workspace] = blocksOf(given, 'workspaces');
  const parts = [kind, given.path, given.bucket, given.key, given.organization, given.hostname, workspace?.name];
  return JSON.stringify(parts.map((part) => part ?? null));
}

/** The stack whose state a `data.terraform_remote_state` reference reads, if it is among them. */
export function producerOf(stacks: Stacks, reader: StackJson, reference: string): StackJson | undefined {
  const id = /^\$\{data\.terraform_remote_state\.([^.]+)\.outputs\.vault_arn\}$/.exec(reference)?.[1] ?? '';
  const data = reader.data?.terraform_remote_state?.[id];
  const [config] = blocksOf(data, 'config');
  if (!config) return undefined;
  const name = stateName(textOf(data, 'backend'), config);
  return Object.values(stacks).find((stack) => ownState(stack) === name);
}

/** The bounds of a stack's own vault; everything where it has no lock. */
export function lockOf(stack: StackJson): { readonly min: number; readonly max: number } {
  const [lock] = resourcesOfType(stack, 'aws_backup_vault_lock_configuration');
  if (!lock) return { min: 1, max: 36_500 };
  return { min: numberOf(lock, 'min_retention_days'), max: numberOf(lock, 'max_retention_days') };
}
