import { existsSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError, type Problem } from './config-error';
import { readYaml } from './yaml-source';

/** What exists already, and which construct takes it over: by stack, the path of a construct in it and Terraform's import id. */
export type Imports = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** An imports file, and how to tell what is wrong in it. */
export interface ImportsFile {
  readonly imports: Imports;
  /** The error of these problems, each at its line. */
  readonly refuse: (problems: readonly Problem[]) => ConfigError;
}

/** The key by which a file that knows no comments explains itself. */
export const NOTE_KEY = '//';

const File = z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string().min(1))]));

/**
 * The imports file of a config, beside it: `backup.imports.json` of `backup.yaml`, and of the `backup.adopted.yaml` that was
 * proposed for it.
 */
export const importsFileOf = (configFile: string): string =>
  `${configFile.replace(/\.\w+$/, '').replace(ADOPTED, '')}.imports.json`;

/** `backup.adopted.yaml` of `backup.yaml`, and of itself. */
export function adoptedFileOf(configFile: string): string {
  const [, name = configFile, extension = ''] = /^(.*?)(\.\w+)?$/.exec(configFile) ?? [];
  return `${name.replace(ADOPTED, '')}.adopted${extension}`;
}

const ADOPTED = /\.adopted$/;

/**
 * Reads an imports file; undefined where there is none.
 * @throws ConfigError where it is none of ours
 */
export function readImports(file: string): ImportsFile | undefined {
  if (!existsSync(file)) return undefined;
  const source = readYaml(file);
  const refuse = (problems: readonly Problem[]) =>
    new ConfigError(
      file,
      problems.map((problem) => source.locate(problem)),
    );
  const { data, error } = File.safeParse(source.value);
  if (!data)
    throw refuse(
      error.issues.map(({ path }) => ({
        path: path.filter((step) => typeof step !== 'symbol'),
        message: 'must be by stack and construct path the id of what exists, as npm run adopt writes it',
      })),
    );
  const imports = Object.entries(data).flatMap(([stack, held]) => (typeof held === 'string' ? [] : [[stack, held]]));
  const loose = Object.entries(data).find(([key, held]) => typeof held === 'string' && key !== NOTE_KEY);
  if (loose) throw refuse([{ path: [loose[0]], message: 'must be a stack with its constructs', isAtKey: true }]);
  return { imports: Object.fromEntries(imports) as Imports, refuse };
}
