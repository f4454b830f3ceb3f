import * as sdk from '@aws-sdk/client-cloudformation';
import { errorResponse } from '../gateway/error-response';
import type { Directory } from '../organizations-api/directory';
import { ApiError, notServed } from '../wire/api-error';
import { violations } from '../wire/constraints';
import type { Clock, Service } from '../wire/exchange';
import { actionOf, readForm, writeXml } from '../wire/query';
import { operationsOf } from '../wire/shape';
import { deployTo } from './auto-deployment';
import { type ClientsFor, Deployer } from './deployer';
import { invalid } from './errors';
import { handlers } from './handlers';
import type { Call, Handlers } from './operations';
import { StackSets } from './stack-sets';

/** Emulated StackSets: what answers requests, and what they have come to. */
export interface StackSetsApi {
  readonly serve: Service;
  readonly stackSets: StackSets;
  /** Comes back when no operation is under way. */
  settled(): Promise<void>;
}

export interface StackSetsApiOptions {
  readonly directory: Directory;
  readonly clientsFor: ClientsFor;
  /** @default - the machine's clock */
  readonly clock?: Clock;
  /**
   * Hears of mistakes of the sandbox itself in an operation.
   * @default - nobody does
   */
  readonly onFault?: (fault: unknown) => void;
}

const NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/** Operations on StackSets, all of which are served here or by nobody. */
const OF_STACK_SETS = /StackSet|StackInstance/;

/** StackSets of an organization; what else there is of CloudFormation is for others. */
export function createStackSetsApi(options: StackSetsApiOptions): StackSetsApi {
  const { directory, clientsFor, clock = () => new Date(), onFault = () => {} } = options;
  const stackSets = new StackSets();
  const partition = directory.setup.partition ?? 'aws';
  const deployer = new Deployer({ stackSets, clientsFor, partition, clock, onFault });
  const operations = new Map(operationsOf(sdk).map((operation) => [operation.name, operation]));
  directory.onMove((accountId) => deployTo(accountId, stackSets.all(), directory, deployer));
  const serve: Service = async (request) => {
    const name = actionOf(request);
    const operation = operations.get(name);
    const handler = handlers[name as keyof Handlers] as ((input: unknown, call: Call) => unknown) | undefined;
    if (!handler && !OF_STACK_SETS.test(name)) return undefined;
    try {
      if (!operation || !handler) throw notServed('cloudformation', name);
      const input = readForm(operation, request);
      const [missing] = violations(input, operation.input, {}).missing;
      if (missing !== undefined)
        throw invalid(
          `1 validation error detected: Value null at '${missing}' failed to satisfy constraint: Member must not be null`,
        );
      const { caller, region } = request;
      const call: Call = { caller, region, directory, stackSets, deployer, now: clock() };
      return writeXml(operation, NAMESPACE, await handler(input, call));
    } catch (error) {
      if (error instanceof ApiError) return errorResponse(request, error);
      throw error;
    }
  };
  return { serve, stackSets, settled: () => deployer.settled() };
}
