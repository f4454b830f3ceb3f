import type { Directory } from '../organizations-api/directory';
import type { Deployer } from './deployer';
import { isActivated } from './lookups';
import { instanceKey, type StackSet } from './stack-sets';
import { membersBelow } from './targets';

/**
 * Gives an account the stacks of the units that it has come into, and takes it out of StackSets whose units it has left.
 * Operations of their own queue behind those that run, whatever the StackSet says of others.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 */
export function deployTo(accountId: string, sets: readonly StackSet[], directory: Directory, deployer: Deployer): void {
  if (!isActivated(directory)) return;
  for (const set of sets.filter(({ definition }) => definition.isAutoDeployed)) {
    const wanted = [...set.targets].flatMap(([unitId, regions]) =>
      membersBelow(directory, [unitId])
        .filter((member) => member.accountId === accountId)
        .flatMap((member) => [...regions].map((region) => ({ ...member, region }))),
    );
    const keys = new Set(wanted.map(instanceKey));
    const standing = [...set.instances.values()].filter((instance) => instance.accountId === accountId);
    const leaving = standing.filter((instance) => !keys.has(instanceKey(instance)));
    const coming = wanted.filter((target) => !set.instances.has(instanceKey(target)));
    const isRetaining = set.definition.isRetainedOnRemoval;
    if (leaving.length > 0) deployer.queue(set, { action: 'DELETE', targets: leaving, isRetaining, preferences: {} });
    if (coming.length > 0)
      deployer.queue(set, { action: 'CREATE', targets: coming, isRetaining: false, preferences: {} });
    // Between two units of one StackSet an account keeps its stacks.
    for (const { region, unitId } of wanted) {
      const instance = set.instances.get(instanceKey({ accountId, region }));
      if (instance) instance.unitId = unitId;
    }
  }
}
