import { ApiError } from '../wire/api-error';

/** Refusals of StackSets: codes and states are those of AWS's model, and the sandbox words what is not marked as seen. */
const refusal = (code: string, message: string, status = 400) => new ApiError(code, message, {}, status);

export const stackSetNotFound = (name: string) =>
  refusal('StackSetNotFoundException', `StackSet ${name} not found`, 404);

export const nameExists = (name: string) =>
  refusal('NameAlreadyExistsException', `The Name provided already exists: ${name}`, 409);

export const stackSetNotEmpty = () => refusal('StackSetNotEmptyException', 'StackSet is not empty', 409);

export const operationInProgress = (id: string) =>
  refusal('OperationInProgressException', `Another Operation on StackSet is in progress: ${id}`, 409);

export const operationNotFound = (id: string) =>
  refusal('OperationNotFoundException', `Operation ${id} not found`, 404);

export const operationIdExists = (id: string) =>
  refusal('OperationIdAlreadyExistsException', `Operation ${id} already exists`, 409);

export const instanceNotFound = (accountId: string, region: string) =>
  refusal(
    'StackInstanceNotFoundException',
    `Stack instance for account ${accountId} and Region ${region} not found`,
    404,
  );

/** Only the management account lets a service in. */
export const notManagement = () =>
  refusal('InvalidOperationException', 'Only the management account of an organization can do this.');

export const invalid = (message: string) => refusal('ValidationError', message);

/** Seen: https://github.com/hashicorp/terraform-provider-aws/issues/23378 */
export const accessNotActivated = () =>
  invalid('You must enable organizations access to operate a service managed stack set');

/** The provider knows this text: `internal/service/cloudformation/stack_set.go`. */
export const notDelegated = () => invalid('Account used is not a delegated administrator');

export const notOrganizationsAccount = () =>
  invalid(
    'You must be the management account or delegated admin account of an organization before operating a SERVICE_MANAGED stack set',
  );
