import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTerraform } from '../../sandbox/tools/terraform';
import { describeWhere } from '../support/describe-where';
import { type ExampleStack, OTHER_STACKS } from '../support/example-stacks';
import type { StackJson } from '../support/synthesize';
import { temporaryFolder } from '../support/temporary-folder';

const terraform = findTerraform();
const missing = terraform.isAvailable ? undefined : terraform.reason;
const folder = temporaryFolder();
const TIMEOUT_MS = 600_000;

/** As much of what `terraform validate -json` says as is read here. */
interface Validated {
  readonly diagnostics: readonly {
    readonly summary: string;
    readonly detail: string;
    readonly range?: { readonly filename: string };
  }[];
}

function write(at: string, json: object): void {
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'cdk.tf.json'), JSON.stringify(json));
}

/** What Terraform has against stacks, by their names: each is a module of one root, so that it reads the schema once. */
async function problemsOf(stacks: Readonly<Record<string, StackJson>>): Promise<(readonly [string, string])[]> {
  if (!terraform.isAvailable) throw new Error(`cannot validate: ${terraform.reason}`);
  const modules = Object.fromEntries(Object.keys(stacks).map((name) => [name, { source: `./${name}` }]));
  write(folder, { module: modules });
  for (const [name, { terraform: settings, ...json }] of Object.entries(stacks)) {
    // A module has no backend.
    write(join(folder, name), { ...json, terraform: { required_providers: settings.required_providers } });
  }
  const initialized = await terraform.run(folder, ['init', '-backend=false', '-input=false', '-no-color']);
  if (initialized.code !== 0) throw new Error(initialized.output);
  const { output } = await terraform.run(folder, ['validate', '-json']);
  const { diagnostics } = JSON.parse(output) as Validated;
  return diagnostics.map(({ summary, detail, range }) => {
    const [stack = ''] = (range?.filename ?? '').split('/');
    return [stack, `${summary}: ${detail}`] as const;
  });
}

const nameOf = ({ file, name }: ExampleStack) => `${file.replaceAll(/\W/g, '-')}-${name}`;

/** A stack with a name that no vault can have. */
function broken({ json }: ExampleStack): StackJson {
  const copy = structuredClone(json);
  Object.assign(Object.values(copy.resource.aws_backup_vault ?? {})[0] ?? {}, { name: 'no vault name' });
  return copy;
}

// Stacks of other kinds are planned: __tests__/e2e/plan-examples.test.ts.
describeWhere({ missing, what: 'terraform validate' }, 'terraform validate', () => {
  let problems: readonly (readonly [string, string])[];

  beforeAll(async () => {
    const mistaken = OTHER_STACKS.find(({ name }) => name.startsWith('source-'));
    if (!mistaken) throw new Error('no such stack');
    const stacks = Object.fromEntries(OTHER_STACKS.map((stack) => [nameOf(stack), stack.json]));
    problems = await problemsOf({ ...stacks, broken: broken(mistaken) });
  }, TIMEOUT_MS);

  test.each(OTHER_STACKS)('accepts $name of $file', (stack) => {
    expect(problems.filter(([name]) => name === nameOf(stack))).toEqual([]);
  });

  test('has nothing against anything but a stack with a mistake in it', () => {
    expect(problems).toEqual([['broken', expect.stringContaining('invalid value for name')]]);
  });
});
