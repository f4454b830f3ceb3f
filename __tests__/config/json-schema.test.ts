import { readFileSync } from 'node:fs';
import { configJsonSchema } from '../../lib/config/json-schema';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly description?: string;
  readonly [key: string]: unknown;
}

/** Every property of a schema, however deep, with its path. */
function propertiesOf(node: unknown, path: string): (readonly [string, Node])[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((entry) => propertiesOf(entry, path));
  return Object.entries(node).flatMap(([key, value]) => [
    ...(key === 'properties'
      ? Object.entries(value as Record<string, Node>).map(([name, property]) => [`${path}.${name}`, property] as const)
      : []),
    ...propertiesOf(value, key === 'properties' ? path : `${path}.${key}`),
  ]);
}

describe('configJsonSchema', () => {
  const schema = JSON.parse(configJsonSchema());

  test('is what lies in backup.schema.json (else: npm run schema)', () => {
    expect(readFileSync('backup.schema.json', 'utf8')).toBe(configJsonSchema());
  });

  test('describes every setting', () => {
    const properties = propertiesOf(schema, '');
    expect(properties.length).toBeGreaterThan(80);
    expect(properties.filter(([, { description }]) => !description).map(([path]) => path)).toEqual([]);
  });

  test('refuses unknown keys in every object with settings', () => {
    const objects: Node[] = [];
    JSON.stringify(schema, (_, value) => {
      if (value?.type === 'object' && value.properties) objects.push(value);
      return value;
    });
    expect(objects.length).toBeGreaterThan(15);
    expect(objects.filter((node) => node.additionalProperties !== false)).toEqual([]);
  });
});
