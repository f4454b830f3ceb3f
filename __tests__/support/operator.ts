import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../lib/config/config-error';
import { loadReviewedConfig } from '../../lib/review/review';
import { A_YAML } from './a-yaml';
import { temporaryFolder } from './temporary-folder';

/** The text that is replaced, which must stand there once, and what replaces it. */
export type Edit = readonly [replaced: string, by: string];

/** The good config file with some of its text replaced. */
export const edited = (...edits: readonly Edit[]): string =>
  edits.reduce((text, [replaced, by]) => {
    const times = text.split(replaced).length - 1;
    if (times !== 1) throw new Error(`"${replaced}" must stand in the file once, and stands there ${times} times`);
    return text.replace(replaced, () => by);
  }, A_YAML);

/** What the operator is told of a config file: `line:column path message`. */
export interface Told {
  readonly problems: readonly string[];
  /** Undefined where there are problems: a file that is refused is not warned of. */
  readonly warnings: readonly string[] | undefined;
}

/** Reads config files as a synth does; call it once, outside of the tests. */
export function anOperator(): (content: string | Uint8Array) => Told {
  const file = join(temporaryFolder(), 'backup.yaml');
  return (content) => {
    writeFileSync(file, content);
    try {
      const warnings = loadReviewedConfig(file).warnings.map(
        ({ line, column, path, message }) => `${line}:${column} ${path} ${message}`,
      );
      return { problems: [], warnings };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return { problems: error.message.split('\n').map((line) => line.replace(`${file}:`, '')), warnings: undefined };
    }
  };
}
