import type { ApiRequest } from '../wire/exchange';
import type { Identities } from './identities';
import type { Keys } from './keys';
import type { PolicyKind } from './verdict';

/** One thing that an operation is done to; some need permission for several. */
export interface Target {
  /** The action, where it is another than the operation's. */
  readonly action?: string;
  readonly arn: string;
  readonly accountId: string;
  /** The policy of the resource; undefined when it has none. */
  readonly policy?: string;
  readonly policyKind?: PolicyKind;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** What targets are told by. */
export interface Sight {
  readonly request: ApiRequest;
  readonly partition: string;
  readonly identities: Identities;
  readonly keys: Keys;
  readonly tagsOf: (arn: string) => Readonly<Record<string, string>> | undefined;
}
