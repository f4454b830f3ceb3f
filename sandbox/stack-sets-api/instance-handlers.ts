import type { DeploymentTargets } from '@aws-sdk/client-cloudformation';
import type { Given } from '../wire/typed';
import { instanceNotFound, invalid } from './errors';
import { page, stackSetOf } from './lookups';
import type { Call, Handlers } from './operations';
import { instanceKey, type StackInstance, type StackSet } from './stack-sets';
import { accountsIn } from './targets';

/** Stacks in accounts: asked for by unit and Region, made one after the other. */
export const instanceHandlers = {
  CreateStackInstances: (given, call) => {
    const set = stackSetOf(call, given.StackSetName, given.CallAs);
    const targets = targetsOf(given, call);
    const operation = call.deployer.start(set, { ...orderOf(given), action: 'CREATE', targets });
    for (const [unitId, region] of followed(given)) {
      const regions = set.targets.get(unitId) ?? new Set<string>();
      set.targets.set(unitId, regions.add(region));
    }
    return { OperationId: operation.id };
  },

  UpdateStackInstances: (given, call) => {
    if ((given.ParameterOverrides ?? []).length > 0) throw invalid('the sandbox reads no parameters');
    const set = stackSetOf(call, given.StackSetName, given.CallAs);
    const targets = targetsOf(given, call);
    const missing = targets.find((target) => !set.instances.has(instanceKey(target)));
    if (missing) throw instanceNotFound(missing.accountId, missing.region);
    return { OperationId: call.deployer.start(set, { ...orderOf(given), action: 'UPDATE', targets }).id };
  },

  DeleteStackInstances: (given, call) => {
    const set = stackSetOf(call, given.StackSetName, given.CallAs);
    const targets = targetsOf(given, call).filter((target) => set.instances.has(instanceKey(target)));
    const order = { ...orderOf(given), action: 'DELETE' as const, targets, isRetaining: given.RetainStacks };
    const operation = call.deployer.start(set, order);
    for (const [unitId, region] of followed(given)) set.targets.get(unitId)?.delete(region);
    return { OperationId: operation.id };
  },

  DescribeStackInstance: ({ StackSetName, StackInstanceAccount, StackInstanceRegion, CallAs }, call) => {
    const set = stackSetOf(call, StackSetName, CallAs);
    const place = { accountId: StackInstanceAccount, region: StackInstanceRegion };
    const instance = set.instances.get(instanceKey(place));
    if (!instance) throw instanceNotFound(place.accountId, place.region);
    return { StackInstance: { ...summaryOf(set, instance), ParameterOverrides: [] } };
  },

  ListStackInstances: (given, call) => {
    const { StackSetName, CallAs, StackInstanceAccount, StackInstanceRegion, Filters = [] } = given;
    const set = stackSetOf(call, StackSetName, CallAs);
    const wanted = [...set.instances.values()].filter(
      (instance) =>
        (StackInstanceAccount === undefined || instance.accountId === StackInstanceAccount) &&
        (StackInstanceRegion === undefined || instance.region === StackInstanceRegion) &&
        Filters.every(({ Name, Values }) => passes(instance, Name, Values)),
    );
    const { items, NextToken } = page(wanted, given);
    return { Summaries: items.map((instance) => summaryOf(set, instance)), NextToken };
  },

  ListStackSetAutoDeploymentTargets: ({ StackSetName, CallAs, ...given }, call) => {
    const { targets } = stackSetOf(call, StackSetName, CallAs);
    const all = [...targets].filter(([, regions]) => regions.size > 0);
    const { items, NextToken } = page(all, given);
    const Summaries = items.map(([unitId, regions]) => ({ OrganizationalUnitId: unitId, Regions: [...regions] }));
    return { Summaries, NextToken };
  },
} satisfies Handlers;

interface Asked {
  readonly Regions: readonly string[];
  readonly Accounts?: readonly string[] | undefined;
  readonly DeploymentTargets?: Given<DeploymentTargets> | undefined;
}

/** Every account and Region that a request is for. */
function targetsOf({ Accounts, DeploymentTargets: targets, Regions }: Asked, { directory }: Call) {
  if (Accounts !== undefined)
    throw invalid('Accounts are specified in DeploymentTargets for stack sets with SERVICE_MANAGED permissions');
  const accounts = accountsIn(directory, targets);
  return Regions.flatMap((region) => accounts.map((account) => ({ ...account, region })));
}

/** Units in Regions that accounts may come into later; a filter names the accounts once and for all. */
function followed({ DeploymentTargets: targets, Regions }: Asked): (readonly [unitId: string, region: string])[] {
  if ((targets?.AccountFilterType ?? 'NONE') !== 'NONE') return [];
  return (targets?.OrganizationalUnitIds ?? []).flatMap((id) => Regions.map((region) => [id, region] as const));
}

const orderOf = ({
  OperationId,
  OperationPreferences = {},
}: {
  readonly OperationId?: string | undefined;
  readonly OperationPreferences?: Parameters<Call['deployer']['start']>[1]['preferences'] | undefined;
}) => ({ id: OperationId, preferences: OperationPreferences, isRetaining: false });

function passes({ status, lastOperationId }: StackInstance, name: string | undefined, wanted: string | undefined) {
  if (name === 'LAST_OPERATION_ID') return lastOperationId === wanted;
  return detailOf(status) === wanted;
}

const detailOf = (status: StackInstance['status']) => (status === 'CURRENT' ? 'SUCCEEDED' : 'FAILED');

const summaryOf = (set: StackSet, { accountId, region, stackId, unitId, status, ...rest }: StackInstance) => ({
  StackSetId: set.id,
  Account: accountId,
  Region: region,
  StackId: stackId,
  OrganizationalUnitId: unitId,
  Status: status,
  StatusReason: rest.reason,
  StackInstanceStatus: { DetailedStatus: detailOf(status) as 'SUCCEEDED' | 'FAILED' },
  DriftStatus: 'NOT_CHECKED' as const,
  LastOperationId: rest.lastOperationId,
});
