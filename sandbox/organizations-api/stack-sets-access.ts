import { errorResponse } from '../gateway/error-response';
import type { ApiResponse, Clock, Service } from '../wire/exchange';
import type { Directory } from './directory';

const SERVICE = 'member.org.stacksets.cloudformation.amazonaws.com';

/** What one operation of AWS CloudFormation answers. */
type Answer = (directory: Directory, now: Date) => string;

/**
 * As much of AWS CloudFormation as lets StackSets into the organization, which moto lacks; everything else is for others.
 * @param clock - what time it is
 */
export const stackSetsAccess =
  (directory: Directory, clock: Clock = () => new Date()): Service =>
  async (request) => {
    const { caller, body } = request;
    const operation = new URLSearchParams(body).get('Action') ?? '';
    const answer = OPERATIONS[operation];
    if (!answer) return undefined;
    if (caller.accountId !== directory.managementAccountId)
      return errorResponse(request, {
        status: 400,
        code: 'InvalidOperationException',
        message: 'Only the management account of an organization can do this.',
      });
    return written(operation, answer(directory, clock()));
  };

const OPERATIONS: Readonly<Record<string, Answer>> = {
  ActivateOrganizationsAccess: ({ services }, now) => {
    if (!services.has(SERVICE)) services.set(SERVICE, now);
    return '';
  },
  DescribeOrganizationsAccess: ({ services }) => `<Status>${services.has(SERVICE) ? 'ENABLED' : 'DISABLED'}</Status>`,
};

const written = (operation: string, result: string): ApiResponse => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body:
    `<${operation}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">` +
    `<${operation}Result>${result}</${operation}Result></${operation}Response>`,
});
