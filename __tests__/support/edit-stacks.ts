import type { Block, StackFile } from '../../lib/proof/synthesized';

export type Files = Readonly<Record<string, StackFile>>;
export type Statement = Readonly<Record<string, unknown>> & { readonly Sid?: string };

/** Which resource: its stack, its type, and how its id starts; ids end in a hash. */
export type Address = readonly [stack: string, type: string, id: string];

/** The stacks with one resource changed, or gone where the change gives none. */
export function withBlock(files: Files, address: Address, change: (block: Block) => Block | undefined): Files {
  const [stack, type] = address;
  const [id, block] = find(files, address);
  const { [id]: _, ...others } = files[stack]?.resource?.[type] ?? {};
  const changed = change(block);
  return withResources(files, stack, { [type]: { ...others, ...(changed ? { [id]: changed } : {}) } });
}

/** The stacks with resources more, in the account and Region of the stack they stand in. */
export function withAdded(files: Files, [stack, type, id]: Address, block: Block): Files {
  const provider = `aws.${files[stack]?.provider?.aws?.[0]?.alias}`;
  const others = files[stack]?.resource?.[type];
  return withResources(files, stack, { [type]: { ...others, [id]: { provider, ...block } } });
}

/** The stacks with the statements of one policy changed. */
export const withStatements = (
  files: Files,
  address: Address,
  change: (statements: readonly Statement[]) => readonly Statement[],
): Files =>
  withBlock(files, address, (block) => {
    const attribute = ['policy', 'content', 'assume_role_policy'].find((name) => typeof block[name] === 'string') ?? '';
    const document = JSON.parse(String(block[attribute]));
    return { ...block, [attribute]: JSON.stringify({ ...document, Statement: change(document.Statement) }) };
  });

/** One statement with elements replaced; the others as they are. */
export const replaced = (sid: string, change: (statement: Statement) => Statement) => (all: readonly Statement[]) => {
  if (!all.some(({ Sid }) => Sid === sid)) throw new Error(`there is no statement ${sid}`);
  return all.map((statement) => (statement.Sid === sid ? change(statement) : statement));
};

/** All statements but one. */
export const without = (sid: string) => (all: readonly Statement[]) => {
  const left = all.filter(({ Sid }) => Sid !== sid);
  if (left.length === all.length) throw new Error(`there is no statement ${sid}`);
  return left;
};

function withResources(files: Files, stack: string, resources: NonNullable<StackFile['resource']>): Files {
  const file = files[stack];
  if (!file) throw new Error(`there is no stack ${stack} among ${Object.keys(files).join(', ')}`);
  return { ...files, [stack]: { ...file, resource: { ...file.resource, ...resources } } };
}

function find(files: Files, [stack, type, start]: Address): [string, Block] {
  const found = Object.entries(files[stack]?.resource?.[type] ?? {}).filter(([id]) => id.startsWith(start));
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${stack} has ${found.length} of ${type} ${start}, not one`);
  return only;
}
