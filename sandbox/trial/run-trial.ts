import { copiesOf, copyBack, runPlans } from './copies';
import { copiesTable } from './copies-table';
import { sandboxVariables } from './identities';
import { backedUpSites } from './members';
import { Progress } from './progress';
import { takeAway } from './take-away';
import { findTools, newProject, startTrial, type Trial } from './trial';
import { TrialError } from './trial-error';
import { unexpected } from './verdict';
import { type MadeWorkload, makeWorkloads } from './workload';

export interface TrialOptions {
  readonly configFile: string;
  /** Whether it stays once the copies are there. */
  readonly isKept: boolean;
  readonly isJson: boolean;
}

/**
 * Tries a config from the first deploy to the last destroy.
 * @returns whether everything came as it should
 * @throws ConfigError when the config is refused, TrialError when this machine lacks something or a deploy fails
 */
export async function runTrial({ configFile, isKept, isJson }: TrialOptions): Promise<boolean> {
  const start = Date.now();
  const write = (line: string) => (isJson ? console.error(line) : console.log(line));
  const progress = new Progress(isKept ? 7 : 9, write);
  const { project, terraform } = await progress.step(
    'Looking for Terraform, the AWS provider and moto',
    async (tell) => {
      const made = newProject(configFile);
      const found = findTools();
      tell(`${found.binary}, moto_server`);
      for (const difference of made.differences) tell(difference);
      return { project: made, terraform: found };
    },
  );
  const trial = await progress.step('Starting the emulated AWS, and preparing its organization', async (tell) => {
    const started = await startTrial(project, terraform, { onTrouble: (trouble) => console.error(trouble) });
    tell(
      `${started.aws.url} stands for all of AWS; ${started.aws.organizations.directory.setup.accounts.length} accounts`,
    );
    tell(`npm run bootstrap: ${started.bootstrapped}`);
    return started;
  });
  try {
    const problems = await tryOut(trial, progress, isJson);
    if (isKept) await keep(trial, write);
    else problems.push(...(await takeAway(trial, progress)));
    for (const problem of problems) console.error(`problem: ${problem}`);
    const seconds = Math.round((Date.now() - start) / 1000);
    write(problems.length === 0 ? `Everything came as it should, in ${seconds} s.` : `${problems.length} problems.`);
    return problems.length === 0;
  } finally {
    await trial.stop();
  }
}

/** Deploy, workload, copies, copies back, plan: what goes wrong, a line each. */
async function tryOut(trial: Trial, progress: Progress, isJson: boolean): Promise<string[]> {
  const { aws, deployment, project, ask } = trial;
  const { topology } = project;
  const sites = backedUpSites(topology, aws.organizations.directory);
  await progress.step(`cdktf deploy '*': ${deployment.stacks.join(', ')}`, async (tell) => {
    const { code, output } = await deployment.deploy({
      onLine: (line) => {
        const [, stack, came] = /^\s*(\S+)?\s+Apply complete! Resources: (.*?)\.?$/.exec(line) ?? [];
        if (came !== undefined) tell(`${stack === undefined ? '' : `${stack} `}${came}`);
      },
    });
    if (code !== 0) throw new TrialError(`cdktf deploy ended with exit code ${code}:\n${output.slice(-6000)}`);
  });
  const workload = await progress.step('Making resources to back up', async (tell) => {
    const made = await makeWorkloads(trial, sites);
    tell(summaryOf(made));
    return made;
  });
  const copies = await progress.step('Running every plan once, and its copies', async (tell) => {
    const { backups } = await runPlans(aws);
    const made = await copiesOf(sites, ask);
    tell(`${backups} backups, ${made.length} copies`);
    return made;
  });
  const back = await progress.step('Copying recovery points back', async (tell) => {
    const made = await copyBack(aws, topology, copies, ask);
    tell(made.length === 0 ? 'no source of the config takes copies back' : `${made.length} copies`);
    return made;
  });
  if (isJson) console.log(JSON.stringify({ copies, back }, null, 2));
  else console.log(`\n${copiesTable([...copies, ...back], [...topology.destinations, ...sites])}\n`);
  const changed = await progress.step('terraform plan on every stack', async (tell) => {
    const problems = Object.entries(await deployment.changes()).map(
      ([stack, output]) => `a second plan of ${stack} is not empty:\n${output}`,
    );
    tell(problems.length === 0 ? 'no changes' : `${problems.length} stacks would change`);
    return problems;
  });
  return [...unexpected(workload, copies, back), ...changed];
}

function summaryOf({ made, lacking }: MadeWorkload): string {
  const types = [...new Set(made.map(({ type }) => type))].join(', ');
  const left = lacking.length > 0 ? `; moto cannot make ${lacking.join(', ')}` : '';
  return `${made.length} resources of the types ${types}${left}`;
}

/** Prints how to reach the sandbox and waits for Ctrl-C. */
async function keep({ aws, operators, project }: Trial, write: (line: string) => void): Promise<never> {
  const { management } = project.topology;
  write('The sandbox stays until Ctrl-C. In another terminal, as the administrator of the management account:\n');
  const variables = sandboxVariables(aws.url, operators.management, management.region);
  for (const [name, value] of Object.entries(variables)) write(`export ${name}=${value}`);
  write('\naws backup list-copy-jobs, with the deploy role of a source assumed, shows the copies.');
  return new Promise(() => {});
}
