import type * as sdk from '@aws-sdk/client-organizations';
import type { CallerIdentity } from '../wire/exchange';
import type { HandlersOf } from '../wire/typed';
import type { Directory } from './directory';

/** One request on its way through a handler. */
export interface Call {
  readonly caller: CallerIdentity;
  readonly directory: Directory;
  readonly now: Date;
}

/** The operations that one part of AWS Organizations serves. */
export type Handlers = HandlersOf<typeof sdk, Call>;
