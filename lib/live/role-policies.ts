import {
  type AttachedPolicy,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import { listAll } from './list-all';

/**
 * The names of the policies that are written into a role.
 * @throws LiveError as {@link listAll}
 */
export const inlinePolicyNames = (client: IAMClient, RoleName: string): Promise<string[]> =>
  listAll(
    'iam:ListRolePolicies',
    () => paginateListRolePolicies({ client }, { RoleName }),
    ({ PolicyNames }) => PolicyNames,
  );

/**
 * The policies that are attached to a role.
 * @throws LiveError as {@link listAll}
 */
export const attachedPolicies = (client: IAMClient, RoleName: string): Promise<AttachedPolicy[]> =>
  listAll(
    'iam:ListAttachedRolePolicies',
    () => paginateListAttachedRolePolicies({ client }, { RoleName }),
    ({ AttachedPolicies }) => AttachedPolicies,
  );
