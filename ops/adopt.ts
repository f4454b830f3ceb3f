import { existsSync, writeFileSync } from 'node:fs';
import { adopt } from '../lib/adopt/adopt';
import { renderAdoption } from '../lib/adopt/render-adoption';
import { adoptedFileOf, importsFileOf, NOTE_KEY } from '../lib/config/imports-file';
import { command, run, UsageError } from './cli/command';
import { Progress } from './cli/progress';
import { wantedResources } from './cli/wanted-resources';

interface Options {
  readonly dryRun?: true;
  readonly force?: true;
  readonly role?: string;
  readonly json?: true;
}

const NOTE =
  'What the next apply takes over: by stack, the path of a construct and the id of what exists. Once every stack is deployed this file can be deleted.';

run(
  command({
    name: 'adopt',
    description: `Takes over what exists: looks at vaults, plans, selections, roles, keys, policies and settings in the accounts of the config,
and finds what the config means: by the names that the stacks would give, else by what it does, such as the one vault that
the plans copy to. What could be meant twice it lists, and guesses nothing.

Writes two files beside the config, and changes nothing in AWS: backup.adopted.yaml, the config with names, keyArn and lock of
what exists, for you to review and put in the place of the config; and backup.imports.json, by which the next synth (of either
file; BACKUP_IMPORTS names another one) makes import blocks, so that the first apply takes over and replaces nothing. Says what
that apply would change in place, and what it could not take over, with the way out.

Runs as the identity of the environment, which must be of the management account, or be one that may take the role that
management.deployRole names. Other accounts are reached by OrganizationAccountAccessRole, or else by their deploy role. The
permissions that it takes, which only read, are in docs/adopt.md.`,
    examples: [
      ['npm run adopt -- --dry-run', 'shows everything, the two files among it, and writes nothing'],
      ['BACKUP_CONFIG=backup.adopted.yaml npm run synth', 'the stacks of the proposal, with import blocks'],
    ],
    exitCodes: {
      0: 'everything that exists is taken over, or nothing exists',
      1: 'something failed, an account could not be looked at, or the config is refused: nothing is written',
      2: 'something is left to choose, or cannot be taken over: the files hold the rest',
    },
  })
    .option('--dry-run', 'writes nothing, and prints what it would write')
    .option('--force', 'writes over files of an earlier run')
    .option('--role <name>', 'the role by which to reach the other accounts, with its path')
    .action(takeOver),
);

async function takeOver({ dryRun, force, role, json }: Options): Promise<void> {
  const configFile = process.env.BACKUP_CONFIG || 'backup.yaml';
  const files = { config: adoptedFileOf(configFile), imports: process.env.BACKUP_IMPORTS || importsFileOf(configFile) };
  const inTheWay = Object.values(files).filter((file) => existsSync(file));
  if (!dryRun && !force && inTheWay.length > 0)
    throw new UsageError(
      `${inTheWay.join(' and ')} must not be there yet: --force writes over, --dry-run writes nothing`,
    );
  const progress = new Progress();
  const adoption = await adopt(
    {},
    { configFile, role, wantedOf: wantedResources, onProgress: (text) => progress.show(text) },
  ).finally(() => progress.end());

  const written = [
    ...(adoption.config === undefined ? [] : [{ file: files.config, text: adoption.config }]),
    ...(Object.keys(adoption.imports).length === 0
      ? []
      : [{ file: files.imports, text: `${JSON.stringify({ [NOTE_KEY]: NOTE, ...adoption.imports }, null, 2)}\n` }]),
  ];
  if (!dryRun) for (const { file, text } of written) writeFileSync(file, text);
  const isRefused = adoption.takeOver.adopted.some(({ refusal }) => refusal !== undefined);
  if (adoption.missing.length > 0 || adoption.problems.length > 0) process.exitCode = 1;
  else if (isRefused || adoption.choices.length > 0) process.exitCode = 2;

  if (json) {
    const { imports, config, ...told } = adoption;
    console.log(
      JSON.stringify(
        { ...told, config: config ?? null, imports, files: dryRun ? [] : written.map(({ file }) => file) },
        null,
        2,
      ),
    );
    return;
  }
  console.log(renderAdoption(adoption));
  for (const { file, text } of written) console.log(dryRun ? `\n--- ${file}\n${text}` : `\nwritten: ${file}`);
}
