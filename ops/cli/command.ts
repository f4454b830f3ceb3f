import { Command, CommanderError } from 'commander';
import { ConfigError } from '../../lib/config/config-error';
import { LiveError } from '../../lib/live/live-error';
import { ProofError } from '../../lib/proof/proof-error';

/** A command of package.json, as its help shows it. */
export interface CommandText {
  /** The name in package.json, by which npm runs it. */
  readonly name: string;
  /** What it does, reads and changes. Empty lines part paragraphs, and the help breaks lines as the terminal asks. */
  readonly description: string;
  /** Whole command lines, each with what it is for. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** By exit code, when it ends with it. */
  readonly exitCodes: Readonly<Record<number, string>>;
}

/** Words that come from the operator, and are wrong in a way that no option parser sees. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Begins a command: options, arguments and the action come from the caller. Every one has `--json` and `--help`. */
export function command({ name, description, examples, exitCodes }: CommandText): Command {
  const list = (rows: readonly (readonly [string, string])[]) => {
    const width = Math.max(...rows.map(([left]) => left.length));
    return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
  };
  const codes = Object.entries(exitCodes).map(([code, when]) => [code, when] as const);
  return new Command(`npm run ${name} --`)
    .description(
      `${description.replaceAll(SINGLE_BREAK, ' ')}\n\nReads backup.yaml, or the file that BACKUP_CONFIG names.`,
    )
    .option('--json', 'the same for programs, on standard output; progress goes to standard error')
    .helpOption('-h, --help', 'this text')
    .addHelpText('after', `\nExamples:\n${list(examples)}\n\nExit codes:\n${list(codes)}`)
    .showHelpAfterError(`(npm run ${name} -- --help tells all)`)
    .exitOverride();
}

const SINGLE_BREAK = /(?<!\n)\n(?!\n)/g;

/** Errors whose message is for the operator, and whose stack is for nobody. */
const PLAIN = [ConfigError, LiveError, ProofError, UsageError];

/**
 * Runs a command as the process that it is in: to its end, or to a message and exit code 1. Actions set `process.exitCode`
 * for anything else.
 */
export async function run(program: Command): Promise<void> {
  // Else each client of the SDK tells of the Node versions of years to come.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  // Whoever reads may have read enough, as `head` has.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // What it means is on the terminal already.
      process.exitCode = error.exitCode;
      return;
    }
    const isPlain = PLAIN.some((kind) => error instanceof kind);
    console.error(isPlain ? (error as Error).message : error);
    process.exitCode = 1;
  }
}
