import type { IncomingMessage } from 'node:http';
import type { ApiResponse } from '../wire/exchange';
import { errorResponse } from './error-response';
import type { GatewayOptions } from './gateway';
import type { Scope } from './signature';

export interface FaultShares {
  /** The share of requests that are told to slow down, 0 to 1. */
  readonly throttled: number;
  /** The share of requests that are answered with an internal error, 0 to 1. */
  readonly failing: number;
  /** What decides which requests those are. */
  readonly seed: number;
}

/** Faults of AWS's own, and how many there were. */
export interface Faults {
  readonly intercept: NonNullable<GatewayOptions['intercept']>;
  readonly counts: { requests: number; throttled: number; failing: number };
}

/** Has AWS throttle some requests and fail at others before anything is done, as every client has to expect. */
export function faults({ throttled, failing, seed }: FaultShares): Faults {
  const counts = { requests: 0, throttled: 0, failing: 0 };
  let state = seed >>> 0;
  const random = () => {
    // The generator of Numerical Recipes: the same faults in every run that sends the same requests.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const intercept = (scope: Scope | undefined, incoming: IncomingMessage): ApiResponse | undefined => {
    if (!scope) return undefined;
    counts.requests += 1;
    const chance = random();
    if (chance < throttled) {
      counts.throttled += 1;
      return throttle(scope, incoming);
    }
    if (chance < throttled + failing) {
      counts.failing += 1;
      return errorResponse(
        { service: scope.service, headers: incoming.headers },
        { status: 500, code: 'InternalError', message: 'We could not do that.' },
      );
    }
    return undefined;
  };
  return { intercept, counts };
}

/** S3 has its own words, and status, for it. */
const throttle = (scope: Scope, incoming: IncomingMessage) =>
  scope.service === 's3'
    ? errorResponse(
        { service: scope.service, headers: incoming.headers },
        { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' },
      )
    : errorResponse(
        { service: scope.service, headers: incoming.headers },
        { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
      );
