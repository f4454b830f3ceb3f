import { ApiError } from '../wire/api-error';

/** AWS Organizations' refusals: `Reason` is of its model, and the words are mostly AWS's documentation of it. */
const refusal = (shape: string, message: string, Reason?: string) =>
  new ApiError(shape, message, Reason === undefined ? {} : { Reason });

export const notInUse = () =>
  refusal('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');

export const accessDenied = () =>
  refusal('AccessDeniedException', "You don't have permissions to access this resource.");

export const accessDeniedBecause = (caller: string, action: string, resource: string, reason: string) =>
  refusal(
    'AccessDeniedException',
    `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
  );

export const invalidInput = (message: string, reason = 'INVALID_PATTERN') =>
  refusal('InvalidInputException', message, reason);

export const constraintViolation = (message: string, reason: string) =>
  refusal('ConstraintViolationException', message, reason);

/** A refusal whose shape says it all. */
export const refused = (shape: string, message: string) => refusal(shape, message);

export const policyNotFound = () =>
  refusal('PolicyNotFoundException', "We can't find a policy with the PolicyId that you specified.");

export const targetNotFound = () =>
  refusal('TargetNotFoundException', "We can't find a root, OU, or account with the TargetId that you specified.");
