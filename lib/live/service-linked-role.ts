import { type IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import { listAll } from './list-all';

/**
 * Whether a service has its own role in an account. IAM may answer with a page that is short or empty, and more behind it.
 * @param principal - the service, such as `backup.amazonaws.com`
 * @throws LiveError as {@link listAll}
 */
export async function hasServiceLinkedRole(client: IAMClient, principal: string): Promise<boolean> {
  const roles = await listAll(
    'iam:ListRoles',
    () => paginateListRoles({ client }, { PathPrefix: `/aws-service-role/${principal}/` }),
    ({ Roles }) => Roles,
  );
  return roles.length > 0;
}
