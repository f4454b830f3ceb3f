import type { StackClients } from '../cloudformation/resource-type';
import { bringTo, emptyStack, StackFailure } from '../cloudformation/stack';
import type { Clock } from '../wire/exchange';
import { operationIdExists, operationInProgress } from './errors';
import {
  type InstancePlace,
  instanceKey,
  type Operation,
  type OperationResult,
  type StackInstance,
  type StackSet,
  type StackSets,
} from './stack-sets';

/** Clients that act in an account and Region as the role that StackSets have there. */
export type ClientsFor = (place: InstancePlace) => Promise<StackClients>;

/** What is to be done with instances. */
export interface OperationOrder extends Pick<Operation, 'action' | 'isRetaining' | 'preferences'> {
  /** @default - one is made up */
  readonly id?: string | undefined;
  readonly targets: readonly (InstancePlace & { readonly unitId: string })[];
}

export interface DeployerProps {
  readonly stackSets: StackSets;
  readonly clientsFor: ClientsFor;
  readonly partition: string;
  readonly clock: Clock;
  /** A mistake of the sandbox itself in an operation. */
  readonly onFault: (fault: unknown) => void;
}

/** Does the operations of StackSets, one after the other of each, account by account. */
export class Deployer {
  constructor(private readonly props: DeployerProps) {}

  /**
   * Starts an operation, or queues it behind those of its StackSet.
   * @throws ApiError when another one runs and the StackSet does not queue, or when there is one with its id
   */
  start(set: StackSet, order: OperationOrder): Operation {
    const busy = underWay(set);
    if (busy && !set.definition.isManagedExecution) throw operationInProgress(busy.id);
    return this.queue(set, order);
  }

  /** Starts an operation as soon as those before it have ended. */
  queue(set: StackSet, { id, targets, ...order }: OperationOrder): Operation {
    const operationId = id ?? this.props.stackSets.nextId('operation');
    if (set.operations.has(operationId)) throw operationIdExists(operationId);
    const operation: Operation = {
      ...order,
      id: operationId,
      created: this.props.clock(),
      ended: undefined,
      status: underWay(set) ? 'QUEUED' : 'RUNNING',
      results: targets.map(({ accountId, region, unitId }) => ({
        accountId,
        region,
        unitId,
        status: 'PENDING',
        reason: undefined,
      })),
    };
    set.operations.set(operationId, operation);
    set.tail = set.tail.then(() => this.run(set, operation)).catch(this.props.onFault);
    return operation;
  }

  /** Comes back when no operation is under way. */
  async settled(): Promise<void> {
    const isBusy = () => this.props.stackSets.all().some((set) => underWay(set) !== undefined);
    while (isBusy()) await Promise.all(this.props.stackSets.all().map(({ tail }) => tail));
  }

  private async run(set: StackSet, operation: Operation): Promise<void> {
    operation.status = 'RUNNING';
    try {
      const regions = [...new Set(operation.results.map(({ region }) => region))];
      for (const region of regions) {
        const here = operation.results.filter((result) => result.region === region);
        const tolerated = toleranceOf(operation.preferences, here.length);
        for (const result of here) {
          const failed = here.filter(({ status }) => status === 'FAILED').length;
          if (failed > tolerated || operation.status !== 'RUNNING') result.status = 'CANCELLED';
          else await this.work(set, operation, result);
        }
        if (here.filter(({ status }) => status === 'FAILED').length > tolerated) operation.status = 'FAILED';
      }
      if (operation.status === 'RUNNING') operation.status = 'SUCCEEDED';
    } finally {
      operation.ended = this.props.clock();
    }
  }

  private async work(set: StackSet, operation: Operation, result: OperationResult): Promise<void> {
    result.status = 'RUNNING';
    const instance = this.instanceFor(set, operation, result);
    if (!instance) {
      result.status = 'SUCCEEDED';
      return;
    }
    instance.lastOperationId = operation.id;
    try {
      if (operation.action === 'DELETE') await this.remove(set, operation, instance);
      else await this.bring(set, instance);
      instance.status = 'CURRENT';
      instance.reason = undefined;
      result.status = 'SUCCEEDED';
    } catch (error) {
      if (!(error instanceof StackFailure)) this.props.onFault(error);
      instance.status = 'OUTDATED';
      instance.reason = error instanceof Error ? error.message : String(error);
      result.status = 'FAILED';
      result.reason = instance.reason;
    }
  }

  private async remove(set: StackSet, { isRetaining }: Operation, instance: StackInstance): Promise<void> {
    const { accountId, region, resources } = instance;
    const staying = [...resources.values()].filter(({ isRetained }) => isRetaining || isRetained);
    if (!isRetaining) await emptyStack(resources, await this.props.clientsFor(instance));
    set.instances.delete(instanceKey(instance));
    this.props.stackSets.leftBehind.push(...staying.map(({ physicalId }) => ({ accountId, region, physicalId })));
  }

  private async bring({ definition }: StackSet, instance: StackInstance): Promise<void> {
    const { accountId, region, stackId, resources } = instance;
    const pseudoParameters = {
      'AWS::AccountId': accountId,
      'AWS::Partition': this.props.partition,
      'AWS::Region': region,
      'AWS::StackId': stackId,
      'AWS::StackName': stackId.split('/')[1] ?? '',
    };
    const tags = Object.fromEntries(definition.tags.map(({ Key, Value }) => [Key, Value]));
    const clients = await this.props.clientsFor(instance);
    await bringTo(resources, { template: definition.template, pseudoParameters, tags, clients });
  }

  /** The instance that is worked on; undefined of one that is to go and is not there. */
  private instanceFor(set: StackSet, { action, id }: Operation, result: OperationResult): StackInstance | undefined {
    const { accountId, region, unitId } = result;
    const standing = set.instances.get(instanceKey(result));
    if (standing || action === 'DELETE') return standing;
    const { partition, stackSets } = this.props;
    const uuid = stackSets.nextId('stack');
    const instance: StackInstance = {
      accountId,
      region,
      unitId,
      stackId: `arn:${partition}:cloudformation:${region}:${accountId}:stack/StackSet-${set.name}-${uuid}/${uuid}`,
      status: 'OUTDATED',
      reason: undefined,
      lastOperationId: id,
      resources: new Map(),
    };
    set.instances.set(instanceKey(result), instance);
    return instance;
  }
}

/** An operation that has not ended. */
export const underWay = ({ operations }: StackSet): Operation | undefined =>
  [...operations.values()].find(({ ended }) => ended === undefined);

/** How many accounts of a Region may fail before the rest is left alone. */
function toleranceOf(
  { FailureToleranceCount, FailureTolerancePercentage = 0 }: Operation['preferences'],
  accounts: number,
) {
  return FailureToleranceCount ?? Math.floor((accounts * FailureTolerancePercentage) / 100);
}
