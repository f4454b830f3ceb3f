import type * as sdk from '@aws-sdk/client-cloudformation';
import type { Directory } from '../organizations-api/directory';
import type { CallerIdentity } from '../wire/exchange';
import type { HandlersOf } from '../wire/typed';
import type { Deployer } from './deployer';
import type { StackSets } from './stack-sets';

/** One request on its way through a handler. */
export interface Call {
  readonly caller: CallerIdentity;
  readonly region: string;
  readonly directory: Directory;
  readonly stackSets: StackSets;
  readonly deployer: Deployer;
  readonly now: Date;
}

/** The operations that one part of StackSets serves. */
export type Handlers = HandlersOf<typeof sdk, Call>;
