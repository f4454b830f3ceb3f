import * as sdk from '@aws-sdk/client-organizations';
import constraints from '../fixtures/organizations-constraints.json';
import { ApiError, notServed } from '../wire/api-error';
import type { Authorize } from '../wire/authorize';
import { type Constraints, violations } from '../wire/constraints';
import type { Clock, Service } from '../wire/exchange';
import { readBody, targetOf, writeBody, writeRefusal } from '../wire/json-rpc';
import { operationsOf } from '../wire/shape';
import { Directory, type OrganizationSetup } from './directory';
import { accessDenied, accessDeniedBecause, invalidInput, notInUse } from './errors';
import { handlers } from './handlers';
import type { Call, Handlers } from './operations';
import { questionsOf } from './questions';

/** An emulated AWS Organizations: what answers requests, and the organization behind it. */
export interface OrganizationsApi {
  readonly serve: Service;
  readonly directory: Directory;
}

export interface OrganizationsApiOptions {
  readonly setup: OrganizationSetup;
  /** @default - the management account and delegated administrators may do everything */
  readonly authorize?: Authorize;
  /** @default - the machine's clock */
  readonly clock?: Clock;
}

/** Makes an organization in which nothing is enabled yet. */
export function createOrganizationsApi(options: OrganizationsApiOptions): OrganizationsApi {
  const { setup, authorize = () => undefined, clock = () => new Date() } = options;
  const directory = new Directory(setup, clock());
  const operations = new Map(operationsOf(sdk).map((operation) => [operation.name, operation]));
  const serve: Service = async (request) => {
    try {
      const { caller, region } = request;
      const name = targetOf(request);
      const operation = operations.get(name);
      const handler = handlers[name as keyof Handlers] as ((input: unknown, call: Call) => unknown) | undefined;
      if (!operation || !handler) throw notServed('organizations', name);
      const deciding = decidingAccount(directory, caller.accountId, name);
      const input = readBody(operation, request);
      const { missing, broken } = violations(input, operation.input, constraints as Constraints);
      const [problem] = [...missing.map((member) => `${member} is required`), ...broken];
      if (problem !== undefined) throw invalidInput(`You specified an invalid value: ${problem}`);
      const { resourcePolicy } = directory;
      for (const { action, arn, context } of questionsOf(name, input as Readonly<Record<string, unknown>>, directory)) {
        // Every ARN is the management account's; where that does not decide, no policy of a resource has a say.
        const isDeciding = deciding === directory.managementAccountId;
        const resource = { arn: isDeciding ? arn : '*', accountId: deciding };
        const reason = await authorize({ caller, action, resource, resourcePolicy, region, context });
        if (reason !== undefined) throw accessDeniedBecause(caller.arn, action, arn, reason);
      }
      return writeBody(operation, await handler(input, { caller, directory, now: clock() }));
    } catch (error) {
      if (error instanceof ApiError) return writeRefusal(error);
      throw error;
    }
  };
  return { serve, directory };
}

/**
 * Members may ask what organization they are in and what holds for them, and leave it; all else is for the management account, and what a
 * delegated administrator may read or the resource policy gives: only then is it the management account's to decide.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_delegated_admin.html
 */
function decidingAccount(directory: Directory, accountId: string, operation: string): string {
  if (!directory.isMember(accountId)) throw notInUse();
  const { managementAccountId } = directory;
  if (accountId === managementAccountId || OF_MEMBERS.includes(operation)) return accountId;
  const isDelegate = [...directory.delegations.values()].some((accounts) => accounts.has(accountId));
  const isRead = /^(List|Describe)/.test(operation);
  if (isDelegate && isRead) return accountId;
  if (directory.resourcePolicy?.includes(accountId)) return managementAccountId;
  throw accessDenied();
}

const OF_MEMBERS = ['DescribeEffectivePolicy', 'DescribeOrganization', 'LeaveOrganization'];
