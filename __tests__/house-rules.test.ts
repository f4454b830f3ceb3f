import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const filesOf = (...roots: string[]) =>
  roots.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(root, name)),
  );

const SOURCES = ['main.ts', ...filesOf('lib', 'stacks', 'scripts', 'sandbox')];
const read = (file: string) => readFileSync(file, 'utf8');

describe('house rules', () => {
  test('every optional prop of a construct says its default', () => {
    const undocumented = filesOf('lib/constructs').flatMap((file) =>
      [...read(file).matchAll(/((?: {2}\/\*\*[\s\S]*?\*\/\n)?) {2}readonly (\w+)\?:/g)]
        .filter(([, comment = '']) => !comment.includes('@default'))
        .map(([, , name]) => `${file} ${name}`),
    );
    expect(undocumented).toEqual([]);
  });

  test('every class and function that a room exports has a docstring', () => {
    const classes = SOURCES.flatMap((file) =>
      [...read(file).matchAll(/(\*\/\n)?export (?:abstract )?(?:class|function) (\w+)/g)]
        .filter(([, docstring]) => !docstring)
        .map(([, , name]) => `${file} ${name}`),
    );
    expect(classes).toEqual([]);
  });

  test('no code is commented out, and nothing is left to do', () => {
    const left = SOURCES.flatMap((file) =>
      read(file)
        .split('\n')
        .filter((line) => /^\s*\/\/.*[;{}]\s*$/.test(line) || /\b(TODO|FIXME|XXX)\b/.test(line))
        .map((line) => `${file}: ${line}`),
    );
    expect(left).toEqual([]);
  });

  test('no ARN is written with its partition', () => {
    const literals = SOURCES.flatMap((file) =>
      read(file)
        .split('\n')
        .filter((line) => /arn:aws:/.test(line) && !/^\s*(\*|\/\/)/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(literals).toEqual([]);
  });
});
