import { GetRolePolicyCommand, IAMClient, paginateListRoles, type Role } from '@aws-sdk/client-iam';
import { BACKUP_PRINCIPAL } from '../aws/backup';
import { ask } from '../live/ask';
import { inParallel } from '../live/in-parallel';
import { listAll } from '../live/list-all';
import { attachedPolicies, inlinePolicyNames } from '../live/role-policies';
import type { Session, Sessions } from '../live/sessions';
import type { FoundRole } from './inventory';

const AT_A_TIME = 4;

/** Roles that AWS makes and changes by itself. */
const SERVICE_LINKED = '/aws-service-role/';

/**
 * Roles of an account that AWS Backup may take, and those that have one of these names.
 * @param names - as IAM compares them: in lower case
 */
export async function readRoles(
  sessions: Sessions,
  session: Session,
  names: ReadonlySet<string>,
): Promise<FoundRole[]> {
  const client = sessions.client((config) => new IAMClient(config), session);
  const all = await listAll(
    'iam:ListRoles',
    () => paginateListRoles({ client }, {}),
    ({ Roles }) => Roles,
  );
  const own = all.filter(
    (role) =>
      !role.Path?.startsWith(SERVICE_LINKED) &&
      (trustsBackup(trustOf(role)) || names.has((role.RoleName ?? '').toLowerCase())),
  );
  return inParallel(AT_A_TIME, own, (role) => readRole(client, role));
}

async function readRole(client: IAMClient, role: Role): Promise<FoundRole> {
  const RoleName = role.RoleName ?? '';
  const attached = await attachedPolicies(client, RoleName);
  const names = await inlinePolicyNames(client, RoleName);
  const inline = await inParallel(AT_A_TIME, names, async (PolicyName) => {
    const { PolicyDocument = '{}' } = await ask('iam:GetRolePolicy', () =>
      client.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
    );
    return [PolicyName, decodeURIComponent(PolicyDocument)] as const;
  });
  const trust = trustOf(role);
  return {
    name: RoleName,
    arn: role.Arn ?? '',
    path: role.Path ?? '/',
    trust,
    isForBackup: trustsBackup(trust),
    description: role.Description ?? '',
    attached: attached.flatMap(({ PolicyArn }) => PolicyArn ?? []),
    inline: Object.fromEntries(inline),
  };
}

const trustOf = ({ AssumeRolePolicyDocument = '{}' }: Role) => decodeURIComponent(AssumeRolePolicyDocument);

const trustsBackup = (trust: string) => trust.includes(`"${BACKUP_PRINCIPAL}"`);
