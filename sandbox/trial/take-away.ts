import type { Topology } from '../../lib/topology/topology';
import { breakGlass, remnantsOf } from './clean-up';
import { memberSites } from './members';
import type { Progress } from './progress';
import { allowDestroy, copyConfig } from './project';
import type { Trial } from './trial';

/** A destroy that is refused, and one after an emergency has made way: what goes wrong, a line each. */
export async function takeAway(trial: Trial, progress: Progress): Promise<string[]> {
  const { aws, deployment, project, ask } = trial;
  const { folder, configFile, topology } = project;
  const problems: string[] = [];
  await progress.step("cdktf destroy '*', while recovery points exist", async (tell) => {
    const before = protectionOf(trial);
    const { code } = await deployment.destroy({ isOneByOne: true });
    if (code === 0) problems.push('cdktf destroy was not refused');
    tell(`refused, with exit code ${code}`);
    // The last words of Terraform are the ones that cdktf may lose.
    for (const { stackName: stack } of topology.destinations) {
      const { output } = await deployment.terraform(stack, [
        'plan',
        '-destroy',
        '-refresh=false',
        '-no-color',
        '-input=false',
      ]);
      const [reason] =
        /Resource aws_backup_vault\S* has lifecycle\.prevent_destroy set/.exec(output.replaceAll(/[\s│]+/g, ' ')) ?? [];
      if (reason === undefined)
        problems.push(`a destroy of ${stack} would not be refused for its vault:\n${output.slice(-6000)}`);
      tell(`terraform plan -destroy of ${stack}: ${reason}`);
    }
    if (protectionOf(trial) === before) tell('every recovery point, policy and lock is as it was');
    else problems.push('a destroy that was refused has changed vaults');
  });
  await progress.step('Breaking the glass: locks, recovery points, cdktf destroy', async (tell) => {
    const removed = await breakGlass(topology, ask, aws.backup.world.clock());
    tell(`${removed.locks} governance locks and ${removed.recoveryPoints} recovery points removed by exempted roles`);
    const opened = copyConfig(configFile, `${folder}/destroyable.json`, allowDestroy);
    const kept = stacksWithOthersPolicies(topology);
    const stacks = deployment.stacks.filter((stack) => !kept.includes(stack));
    const { code, output } = await deployment.destroy({ configFile: opened, ...(kept.length > 0 ? { stacks } : {}) });
    const stuck = airGappedWithin(trial);
    if (code !== 0 && stuck.length === 0) problems.push(`cdktf destroy failed:\n${output.slice(-6000)}`);
    if (stuck.length > 0) tell(`nobody empties an air-gapped vault before its time: ${stuck.join(', ')}`);
    for (const stack of kept)
      tell(`${stack} stays: it holds the organization's resource policy, which is never destroyed`);
    const remnants = await remnantsOf(topology, trial);
    for (const { what, keptBy } of remnants)
      if (keptBy !== undefined) tell(`${keptBy} would keep it too: ${what}`);
      else if (stuck.length > 0 || kept.length > 0) tell(`stays with its stack: ${what}`);
      else problems.push(`left behind: ${what}`);
    const members = memberSites(topology, aws.organizations.directory);
    const points = members.reduce(
      (sum, { vault }) => sum + (aws.backup.world.vaultAt(vault.vaultArn)?.recoveryPoints.size ?? 0),
      0,
    );
    if (members.length > 0)
      tell(`what StackSets made stays by design: ${members.length} vaults with ${points} recovery points`);
  });
  return problems;
}

/** The stack that holds the organization's resource policy: statements of others may be in it. */
const stacksWithOthersPolicies = ({ management }: Topology): string[] =>
  management.rollouts?.delegation === undefined ? [] : [management.stackName];

/** Air-gapped vaults that hold recovery points, which stop the destroy of their stack. */
const airGappedWithin = (trial: Trial): string[] =>
  vaultsOf(trial)
    .filter(({ type, recoveryPoints }) => type !== 'BACKUP_VAULT' && recoveryPoints.size > 0)
    .map(({ arn }) => arn);

/** Everything about vaults that a destroy could take away. */
const protectionOf = (trial: Trial): string =>
  JSON.stringify(
    vaultsOf(trial).map(({ arn, lock, policy, recoveryPoints }) => [arn, lock, policy, [...recoveryPoints.keys()]]),
  );

const vaultsOf = ({ aws }: Trial) => aws.backup.world.allPlaces().flatMap(({ vaults }) => [...vaults.values()]);
