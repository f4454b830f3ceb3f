import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { loadReviewedConfig } from '../../lib/review/review';
import { synthesize } from '../support/synthesize';
import { anchorsOf, blocksOf, PAGES, pageOf, quotedIn } from './pages';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

const SCHEMA = JSON.parse(readFileSync('backup.schema.json', 'utf8')) as Schema;
const COMMANDS = JSON.parse(readFileSync('package.json', 'utf8')).scripts as Readonly<Record<string, string>>;

/** Every schema that a key of a thing may have; none where it may not have the key. */
function below(schema: Schema, key: string): Schema[] {
  const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [], allOf = [] } = schema;
  const own = properties[key] ? [properties[key]] : [];
  const named = own.length === 0 && typeof additionalProperties === 'object' ? [additionalProperties] : [];
  const deeper = [...anyOf, ...oneOf, ...allOf, ...(items ? [items] : [])].flatMap((one) => below(one, key));
  return [...own, ...named, ...deeper];
}

const isSetting = (path: readonly string[]): boolean =>
  path.reduce((schemas, key) => schemas.flatMap((schema) => below(schema, key)), [SCHEMA]).length > 0;

/** The paths of all keys of a value; what is in lists counts as if it were there alone. */
const pathsIn = (value: unknown, path: readonly string[] = []): string[][] => {
  if (Array.isArray(value)) return value.flatMap((one) => pathsIn(one, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => [[...path, key], ...pathsIn(held, [...path, key])]);
};

const isConfig = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).every((key) => key in (SCHEMA.properties ?? {}));

describe.each(PAGES)('$file', ({ file, text }) => {
  test('names commands that package.json has', () => {
    const named = [...text.matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in COMMANDS))).toEqual([]);
  });

  test('links to pages and headings that are there', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('names settings that the schema has', () => {
    const paths = quotedIn(text)
      .filter((quoted) => /^[a-z]\w*(\[\])?(\.[\w<>-]+(\[\])?)+$/.test(quoted))
      .map((quoted) => quoted.replaceAll('[]', '').split('.'))
      .filter(([first = '']) => first in (SCHEMA.properties ?? {}));
    expect(paths.filter((path) => !isSetting(path))).toEqual([]);
  });

  test('shows configs whose settings the schema has', () => {
    const configs = blocksOf(text, 'yaml')
      .map((block) => parse(block))
      .filter(isConfig);
    expect(configs.flatMap((config) => pathsIn(config)).filter((path) => !isSetting(path))).toEqual([]);
  });
});

test('a command, a setting and an anchor that are not there would be found', () => {
  expect(isSetting(['state', 'runTriggers'])).toBe(true);
  expect(isSetting(['state', 'runTrigger'])).toBe(false);
  expect(isSetting(['destinations', 'vault', 'regions', 'eu-west-1', 'lock', 'mode'])).toBe(true);
  expect(isSetting(['destinations', 'vault', 'regions', 'eu-west-1', 'lock', 'modes'])).toBe(false);
  expect(anchorsOf('# One\n\n```sh\n# none\n```\n## Two, three: `a.b`')).toEqual(['one', 'two-three-ab']);
});

describe('the runbooks', () => {
  const texts = PAGES.filter(({ file }) => file.startsWith('docs/runbooks/')).map(({ text }) => text);
  const { config } = loadReviewedConfig('backup.yaml');
  const stacks = synthesize(config).stacks;

  test('name stacks, vaults, keys and roles as the default makes them', () => {
    const made = JSON.stringify(stacks);
    // Of generations, and of an air-gapped vault.
    const others = ['cab-destination-2', 'cab-destination-air-gapped'];
    const named = new Set(texts.flatMap((text) => text.match(/\bcab-[a-z0-9-]+/g) ?? []));
    expect([...named].filter((name) => !made.includes(`"${name}"`) && !others.includes(name))).toEqual([]);
    expect(named.size).toBeGreaterThan(3);
  });

  test('name outputs that stacks have', () => {
    const outputs = new Set(Object.values(stacks).flatMap(({ output }) => Object.keys(output ?? {})));
    const named = texts.flatMap(quotedIn).filter((quoted) => /^[a-z]+(_[a-z]+)*_(arn|arns|name)$/.test(quoted));
    expect(named.filter((name) => !outputs.has(name) && name !== 'retired_vault_arns')).toEqual([]);
    expect(named.length).toBeGreaterThan(3);
  });

  test('are all in the index', () => {
    const index = pageOf('docs/runbooks/README.md');
    const files = PAGES.map(({ file }) => file.replace('docs/runbooks/', '')).filter((file) => !file.includes('/'));
    expect(files.filter((file) => file !== 'README.md' && !index.includes(`](${file}`))).toEqual([]);
  });
});
