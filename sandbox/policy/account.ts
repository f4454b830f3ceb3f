import {
  type AttachedPolicy,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsResponse,
  type IAMClient,
  type ManagedPolicyDetail,
  type PolicyDetail,
} from '@aws-sdk/client-iam';

/** A role or a user. */
export interface Identity {
  /** With its path, which the ARN of a session lacks. */
  readonly arn: string;
  /** The documents of all its policies: inline, attached, and those of its groups. */
  readonly policies: readonly string[];
  /** Who may take it; undefined of a user. */
  readonly trust: string | undefined;
}

/** Who is in an account, by name in lower case: IAM has no two names that differ in case alone. */
export interface Account {
  readonly roles: ReadonlyMap<string, Identity>;
  readonly users: ReadonlyMap<string, Identity>;
}

/** Reads a whole account, which takes moto hardly longer than one role. */
export async function readAccount(client: IAMClient, awsManaged: (arn: string) => Promise<string>): Promise<Account> {
  const pages = await readPages(client);
  const own = pages.flatMap(({ Policies = [] }) => Policies);
  const documentsOf = async (inline: readonly PolicyDetail[] = [], attached: readonly AttachedPolicy[] = []) => [
    ...inline.map(({ PolicyDocument = '' }) => decoded(PolicyDocument)),
    ...(await Promise.all(attached.map(({ PolicyArn = '' }) => ownDocument(own, PolicyArn) ?? awsManaged(PolicyArn)))),
  ];
  const groups = new Map<string, readonly string[]>();
  for (const group of pages.flatMap(({ GroupDetailList = [] }) => GroupDetailList))
    groups.set(group.GroupName ?? '', await documentsOf(group.GroupPolicyList, group.AttachedManagedPolicies));
  const users = new Map<string, Identity>();
  for (const user of pages.flatMap(({ UserDetailList = [] }) => UserDetailList)) {
    const { UserName = '', Arn: arn = '', GroupList = [] } = user;
    const ofGroups = GroupList.flatMap((name) => groups.get(name) ?? []);
    const policies = [...(await documentsOf(user.UserPolicyList, user.AttachedManagedPolicies)), ...ofGroups];
    users.set(UserName.toLowerCase(), { arn, policies, trust: undefined });
  }
  const roles = new Map<string, Identity>();
  for (const role of pages.flatMap(({ RoleDetailList = [] }) => RoleDetailList)) {
    const { RoleName = '', Arn = '', AssumeRolePolicyDocument = '' } = role;
    const arn = properArn(Arn);
    const policies = await documentsOf(role.RolePolicyList, role.AttachedManagedPolicies);
    if (isBackupsOwn(arn)) policies.push(await awsManaged(policyOfBackupsOwn(arn)));
    roles.set(RoleName.toLowerCase(), { arn, policies, trust: decoded(AssumeRolePolicyDocument) });
  }
  return { roles, users };
}

async function readPages(client: IAMClient): Promise<readonly GetAccountAuthorizationDetailsResponse[]> {
  const pages: GetAccountAuthorizationDetailsResponse[] = [];
  let Marker: string | undefined;
  do {
    const page: GetAccountAuthorizationDetailsResponse = await client.send(
      new GetAccountAuthorizationDetailsCommand({ Filter: ['Role', 'User', 'Group', 'LocalManagedPolicy'], Marker }),
    );
    pages.push(page);
    Marker = page.Marker;
  } while (Marker !== undefined);
  return pages;
}

function ownDocument(own: readonly ManagedPolicyDetail[], arn: string): string | undefined {
  const versions = own.find((policy) => policy.Arn === arn)?.PolicyVersionList;
  const document = versions?.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document;
  return document === undefined ? undefined : decoded(document);
}

/** IAM encodes documents like parts of a URL; moto forgets to with some. */
export const decoded = (document: string): string =>
  document.startsWith('%') ? decodeURIComponent(document) : document;

/**
 * AWS Backup's service-linked role of an account, as every policy names it.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles-AWSServiceRoleForBackup.html
 */
export const backupsOwnRoleArn = (partition: string, accountId: string): string =>
  `arn:${partition}:iam::${accountId}:role${BACKUPS_OWN_PATH}AWSServiceRoleForBackup`;

const BACKUPS_OWN_PATH = '/aws-service-role/backup.amazonaws.com/';

const isBackupsOwn = (arn: string) => arn.includes(`:role${BACKUPS_OWN_PATH}`);

/** Moto makes the role with a small letter, `AWSServiceRoleForbackup`, which no policy of this world means. */
function properArn(arn: string): string {
  const [, partition = '', , , accountId = ''] = arn.split(':');
  return isBackupsOwn(arn) ? backupsOwnRoleArn(partition, accountId) : arn;
}

/** What the role may do, which moto does not attach to it. */
const policyOfBackupsOwn = (arn: string) =>
  `arn:${arn.split(':')[1]}:iam::aws:policy/aws-service-role/AWSBackupServiceLinkedRolePolicyForBackup`;
