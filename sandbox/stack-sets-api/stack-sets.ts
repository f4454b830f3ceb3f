import type { StackSetOperationPreferences, Tag } from '@aws-sdk/client-cloudformation';
import type { StackResources } from '../cloudformation/stack';
import type { Template } from '../cloudformation/template';
import { stableUuid } from '../tools/stable-uuid';
import type { Given } from '../wire/typed';

/** An account in a Region. */
export interface InstancePlace {
  readonly accountId: string;
  readonly region: string;
}

/** The stack that a StackSet has in one account and Region, or has failed to make. */
export interface StackInstance extends InstancePlace {
  readonly stackId: string;
  /** The unit or the root that it was asked for by. */
  unitId: string;
  status: 'CURRENT' | 'OUTDATED';
  reason: string | undefined;
  lastOperationId: string;
  readonly resources: StackResources;
}

/** What came of an operation in one account and Region. */
export interface OperationResult extends InstancePlace {
  readonly unitId: string;
  status: 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason: string | undefined;
}

/** Work on the instances of a StackSet. */
export interface Operation {
  readonly id: string;
  readonly action: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly created: Date;
  ended: Date | undefined;
  status: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  readonly isRetaining: boolean;
  readonly preferences: Given<StackSetOperationPreferences>;
  readonly results: readonly OperationResult[];
}

/** What of a StackSet may be changed. */
export interface Definition {
  readonly description: string | undefined;
  readonly templateBody: string;
  readonly template: Template;
  readonly capabilities: readonly string[];
  readonly tags: readonly Given<Tag>[];
  readonly isAutoDeployed: boolean;
  /** Whether an account that leaves keeps its stacks. */
  readonly isRetainedOnRemoval: boolean;
  /** Whether operations queue instead of being refused. */
  readonly isManagedExecution: boolean;
}

/** A service-managed StackSet. */
export interface StackSet {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  definition: Definition;
  /** Regions by the unit or root that gets stacks there, those for single accounts left out. */
  readonly targets: Map<string, Set<string>>;
  /** By {@link instanceKey}. */
  readonly instances: Map<string, StackInstance>;
  readonly operations: Map<string, Operation>;
  /** Ends with the last of its operations. */
  tail: Promise<void>;
}

export const instanceKey = ({ accountId, region }: InstancePlace) => `${accountId} ${region}`;

/** Every StackSet of the organization: all are the management account's, whoever makes them. */
export class StackSets {
  private readonly byPlace = new Map<string, StackSet>();
  /** Resources that no StackSet has any more, and that stayed. */
  readonly leftBehind: (InstancePlace & { readonly physicalId: string })[] = [];
  private count = 0;

  find(region: string, name: string): StackSet | undefined {
    return this.byPlace.get(`${region} ${name.split(':')[0]}`);
  }

  in(region: string): readonly StackSet[] {
    return [...this.byPlace].flatMap(([place, set]) => (place.startsWith(`${region} `) ? [set] : []));
  }

  all(): readonly StackSet[] {
    return [...this.byPlace.values()];
  }

  add(region: string, set: StackSet): void {
    this.byPlace.set(`${region} ${set.name}`, set);
  }

  remove(region: string, name: string): void {
    this.byPlace.delete(`${region} ${name}`);
  }

  /** An id that is the same in each run. */
  nextId(kind: string): string {
    this.count += 1;
    return stableUuid(kind, this.count);
  }
}
