import type { StackFile } from '../../lib/proof/synthesized';

/** The stacks with one part of one policy taken away. */
export interface PolicyMutant {
  /** Stack, resource, Sid and what is gone. */
  readonly name: string;
  readonly stacks: Readonly<Record<string, StackFile>>;
}

type Statement = Record<string, unknown> & { readonly Sid: string };
type Removal = readonly [what: string, Statement | undefined];

const ATTRIBUTES = ['policy', 'content', 'assume_role_policy'];

/** Every way to take one statement, action, principal, condition or value of a condition out of the policies of stacks. */
export function* policyMutants(stacks: Readonly<Record<string, StackFile>>): Generator<PolicyMutant> {
  for (const [stack, file] of Object.entries(stacks)) {
    for (const [type, ofType] of Object.entries(file.resource ?? {})) {
      for (const [id, block] of Object.entries(ofType)) {
        for (const attribute of ATTRIBUTES) {
          const text = block[attribute];
          if (typeof text !== 'string') continue;
          const document = JSON.parse(text) as { Statement: Statement[] };
          for (const [name, statements] of without(document.Statement)) {
            const changed = JSON.stringify({ ...document, Statement: statements });
            const resource = { ...file.resource, [type]: { ...ofType, [id]: { ...block, [attribute]: changed } } };
            yield { name: `${stack} ${id} ${name}`, stacks: { ...stacks, [stack]: { ...file, resource } } };
          }
        }
      }
    }
  }
}

function* without(statements: readonly Statement[]): Generator<[string, Statement[]]> {
  for (const [index, statement] of statements.entries()) {
    const others = (changed: Statement | undefined) =>
      statements.flatMap((one, at) => (at === index ? (changed ? [changed] : []) : [one]));
    for (const [what, changed] of removals(statement)) yield [`${statement.Sid} ${what}`, others(changed)];
  }
}

function* removals(statement: Statement): Generator<Removal> {
  yield ['altogether', undefined];
  yield* shorterLists(statement, 'Action');
  yield* shorterLists(statement, 'Resource');
  const principal = statement.Principal as Record<string, string | string[]> | string | undefined;
  if (typeof principal === 'object') {
    for (const [kind, changed] of Object.keys(principal).flatMap((kind) =>
      shortened(principal[kind]).map((list) => [kind, list] as const),
    )) {
      yield [`principal ${changed.gone}`, { ...statement, Principal: { ...principal, [kind]: changed.left } }];
    }
  }
  const condition = (statement.Condition ?? {}) as Record<string, Record<string, string | string[]>>;
  for (const [operator, keys] of Object.entries(condition)) {
    for (const [key, values] of Object.entries(keys)) {
      const { [key]: _, ...otherKeys } = keys;
      const { [operator]: __, ...otherOperators } = condition;
      const left = Object.keys(otherKeys).length > 0 ? { ...condition, [operator]: otherKeys } : otherOperators;
      yield [`condition ${operator} ${key}`, { ...statement, Condition: left }];
      for (const changed of shortened(values)) {
        const shorter = { ...condition, [operator]: { ...keys, [key]: changed.left } };
        yield [`condition ${operator} ${key} ${changed.gone}`, { ...statement, Condition: shorter }];
      }
    }
  }
}

function* shorterLists(statement: Statement, element: 'Action' | 'Resource'): Generator<Removal> {
  for (const { gone, left } of shortened(statement[element])) {
    yield [`${element} ${gone}`, { ...statement, [element]: left }];
  }
}

/** A list without each of its items in turn; nothing for a single item, whose removal is that of the whole. */
const shortened = (values: unknown): { readonly gone: string; readonly left: string[] }[] =>
  Array.isArray(values) && values.length > 1
    ? values.map((gone: string, index) => ({ gone, left: values.filter((_, at) => at !== index) as string[] }))
    : [];
