import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { didYouMean } from '../lib/config/suggestions';
import { findDrift } from '../lib/drift/find-drift';
import { renderDrift } from '../lib/drift/render-drift';
import { renderIssue, renderMarkdown } from '../lib/drift/render-markdown';
import { exitCodeOf } from '../lib/drift/report';
import { stagingFolder } from '../lib/report/staging';
import { loadReviewedConfig } from '../lib/review/review';
import { Children } from '../lib/terraform/children';
import { terraformBinary, unattended } from '../lib/terraform/find-terraform';
import { pluginCache } from '../lib/terraform/providers';
import { TerraformError } from '../lib/terraform/terraform-error';
import { everySite } from '../lib/topology/every-site';
import { resolveTopology } from '../lib/topology/resolve-topology';
import type { Topology } from '../lib/topology/topology';
import { synthesize } from '../stacks/synthesize';
import { command, run, UsageError } from './cli/command';
import { wholeNumber } from './cli/duration';
import { Progress } from './cli/progress';

interface Options {
  readonly jobs?: number;
  readonly markdown?: string;
  readonly issue?: string;
  readonly json?: true;
}

run(
  command({
    name: 'drift',
    description: `Plans every stack, side by side, and tells two things apart: what somebody changed outside, past Terraform, since the
last apply; and what the config says that was not applied yet. Shows each resource and attribute, before and after, secrets
masked, policies by statement. Lists states that no stack of the config owns any more. A stack that reads outputs of one that
was never applied is waiting for it.

It only reads: it locks no state, changes nothing, and leaves cdktf.out as it is. It synthesizes the config into a temporary
folder, takes terraform, tofu or what TERRAFORM_BINARY_NAME names, and runs as the identity of the environment, as a deploy
does.`,
    examples: [
      ['npm run drift', 'all stacks, and states without a stack'],
      ['npm run drift -- management source-production-us-east-1', 'these alone'],
      ['npm run drift -- --markdown "$GITHUB_STEP_SUMMARY" --issue drift.md', 'in a scheduled job'],
    ],
    exitCodes: {
      0: 'nothing was changed outside; there may be changes of the config that wait to be applied',
      1: 'a stack could not be planned, or the states not be listed; the others are reported',
      2: 'something was changed outside',
    },
  })
    .argument('[stacks...]', 'names of stacks (default: all)')
    .option('--jobs <number>', 'plans at a time (default: the number of processors)', wholeNumber)
    .option('--markdown <file>', 'writes a summary for a pull request there, or adds it to $GITHUB_STEP_SUMMARY')
    .option('--issue <file>', 'writes the text of an issue there, with what can be done')
    .action(drift),
);

async function drift(
  stacks: readonly string[],
  { jobs = availableParallelism(), markdown, issue, json }: Options,
): Promise<void> {
  const topology = resolveTopology(loadReviewedConfig(process.env.BACKUP_CONFIG || 'backup.yaml').config);
  checkNames(stacks, topology);
  const binary = terraformBinary();
  if (binary === undefined)
    throw new UsageError(
      'there is no terraform or tofu on the PATH: install one (https://developer.hashicorp.com/terraform/install), or name it in TERRAFORM_BINARY_NAME',
    );
  const children = new Children();
  const folder = stagingFolder('cdktf.out');
  endCleanly(children, folder);
  synthesize(topology, [], folder);
  // A folder of data that the operator has set would be one for all stacks.
  const { TF_DATA_DIR: _, ...inherited } = process.env;
  const env = { ...inherited, ...unattended(), ...pluginCache(process.env) };
  const progress = new Progress();
  const total = stacks.length || everySite(topology).length;
  let done = 0;
  const show = () => progress.show(`${done} of ${total} stacks planned`);
  show();
  const terraform = { binary, env, children };
  const onStack = () => {
    done += 1;
    show();
  };
  const report = await findDrift(topology, { terraform, folder, stacks, jobs, onStack }).catch((error) => {
    throw error instanceof TerraformError ? new UsageError(error.message) : error;
  });
  progress.end();
  console.log(json ? JSON.stringify(report, null, 2) : renderDrift(report));
  if (markdown !== undefined) write(markdown, renderMarkdown(report));
  if (issue !== undefined) write(issue, renderIssue(report));
  process.exitCode = exitCodeOf(report);
}

function checkNames(stacks: readonly string[], topology: Topology): void {
  const known = everySite(topology).map(({ stackName }) => stackName);
  const unknown = stacks.find((stack) => !known.includes(stack));
  if (unknown === undefined) return;
  throw new UsageError(
    `there is no stack ${unknown}${didYouMean(unknown, known) || `: there are ${known.join(', ')}`}`,
  );
}

/** Whatever ends this, no Terraform and no folder of it stays. */
function endCleanly(children: Children, folder: string): void {
  process.once('exit', () => {
    children.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)
    process.once(signal, () => {
      console.error('Stopping: nothing was changed.');
      process.exit(code);
    });
}

/** A job's page is added to; any other file is of this run. */
function write(file: string, text: string): void {
  if (file === process.env.GITHUB_STEP_SUMMARY) appendFileSync(file, text);
  else writeFileSync(file, text);
}
