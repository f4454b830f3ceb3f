import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every TypeScript file of a folder and those below, or the file itself. */
const filesIn = (path: string): string[] =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(path, name));

/** The text of every TypeScript file of folders, and of files. */
export const sourcesIn = (paths: readonly string[]): string[] =>
  paths.flatMap(filesIn).map((file) => readFileSync(file, 'utf8'));

/** The permission of each question that some code asks AWS, once, as the code has it. */
export const permissionsIn = (paths: readonly string[]): string[] => [
  ...new Set(
    sourcesIn(paths)
      .flatMap((text) => [...text.matchAll(/(?:ask|askAll|listAll)(?:<[\s\S]*?>)?\(\s*'([\w-]+:\w+)'/g)])
      .flatMap(([, action]) => action ?? []),
  ),
];
