import { ApiError } from '../wire/api-error';

/**
 * AWS Backup's refusals. `Code` and `Context` are its own, besides the shape's name; where a text is marked as seen,
 * somebody has reported it, otherwise the sandbox words it and only the shape is AWS's.
 */
const refusal = (shape: string, code: string, message: string, context?: string): ApiError =>
  new ApiError(shape, message, { Code: code, ...(context === undefined ? {} : { Context: context }) });

/** Seen: https://github.com/trackit/terraform-boilerplate/pull/17 */
export const vaultExists = (name: string) =>
  refusal('AlreadyExistsException', 'ERROR_1101', `A Backup vault with the name ${name} already exists`, name);

/** Seen: https://github.com/gruntwork-io/cloud-nuke/issues/730 */
export const vaultNotEmpty = () =>
  refusal(
    'InvalidRequestException',
    'ERROR_9101',
    'Backup vault cannot be deleted because it contains recovery points.',
  );

/** AWS does not tell a vault that is not there from one that the caller may not see; the provider counts on that. */
export const vaultNotFound = () =>
  new ApiError('AccessDeniedException', 'Insufficient privileges to perform this action.', {}, 403);

/** Seen: https://github.com/lgallard/terraform-aws-backup/issues/40 */
export const badRule = (rule: string, problem: string) =>
  refusal(
    'InvalidParameterValueException',
    'ERROR_3015',
    `Error in rule ${rule} : ${problem}`,
    JSON.stringify([rule, problem]),
  );

/** Seen, with this code: https://github.com/cloudquery/cq-provider-aws/issues/817 */
export const notInOrganization = () =>
  refusal('InvalidRequestException', 'ERROR_9601', 'Your account is not a member of an organization.');

/** Seen with an empty message: https://github.com/hashicorp/terraform-provider-aws/issues/21407 */
export const notManagementAccount = () =>
  new ApiError('AccessDeniedException', 'Insufficient privileges to perform this action.', {}, 403);

/** The provider waits on this text: `internal/service/backup/plan.go`. */
export const planHasSelections = () =>
  refusal(
    'InvalidRequestException',
    'ERROR_9301',
    'Related backup plan selections must be deleted prior to backup plan deletion',
  );

/** The provider knows this text: `internal/service/backup/selection.go`. */
export const planNotFound = (id: string) =>
  refusal('ResourceNotFoundException', 'ERROR_2001', `Cannot find Backup plan with ID ${id}`, id);

/** Seen: https://github.com/rebuy-de/aws-nuke/issues/633; of an update nobody has shown the words. */
export const planOfOrganization = (id: string, change: 'deleted' | 'updated') =>
  refusal(
    'InvalidParameterValueException',
    'ERROR_3000',
    `Backup plan cannot be ${change} for backup plan ${id} created by organizations`,
    id,
  );

/** Seen: https://github.com/rebuy-de/aws-nuke/issues/633; of a new selection nobody has shown the words. */
export const selectionOfOrganization = (id: string, change: 'create' | 'delete') =>
  refusal(
    'InvalidParameterValueException',
    'ERROR_3000',
    `Cannot ${change} selection for backup plan ${id} created by organizations`,
    id,
  );

/** Something with a name or an id that is not there. */
export const notFound = (what: string, id: string) =>
  refusal('ResourceNotFoundException', 'ERROR_2002', `${what} with ${id} not found.`, id);

/** Something with this name is there already. */
export const alreadyExists = (what: string, name: string) =>
  refusal('AlreadyExistsException', 'ERROR_1102', `${what} with the name ${name} already exists`, name);

/** An input that the model allows and the service does not. */
export const invalidValue = (message: string, context?: string) =>
  refusal('InvalidParameterValueException', 'ERROR_3000', message, context);

/** A request that is well-formed, and out of place. */
export const invalidRequest = (message: string, context?: string) =>
  refusal('InvalidRequestException', 'ERROR_9000', message, context);

/** A bound of the service. */
export const limitExceeded = (message: string) => refusal('LimitExceededException', 'ERROR_5000', message);

/** Required members that a request lacks. */
export const missingValue = (members: readonly string[]) =>
  refusal('MissingParameterValueException', 'ERROR_4000', `Missing required parameter: ${members.join(', ')}`);

/** The permission that a caller lacks, in the words that all services share. */
export const accessDenied = (caller: string, action: string, resource: string, reason: string) =>
  new ApiError(
    'AccessDeniedException',
    `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
    {},
    403,
  );
