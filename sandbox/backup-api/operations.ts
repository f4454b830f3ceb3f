import type * as sdk from '@aws-sdk/client-backup';
import type { CallerIdentity } from '../wire/exchange';
import type { HandlersOf } from '../wire/typed';
import type { Place } from './place';
import type { World } from './world';

/** One request on its way through a handler. */
export interface Call {
  readonly caller: CallerIdentity;
  readonly accountId: string;
  readonly region: string;
  /** What the account has in the Region. */
  readonly place: Place;
  readonly world: World;
  readonly now: Date;
}

/** The operations that one part of AWS Backup serves. */
export type Handlers = HandlersOf<typeof sdk, Call>;
