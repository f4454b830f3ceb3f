import { BACKUP_PRINCIPAL } from './backup';
/** The AWS partition a Region belongs to: the second field of every ARN. */
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-eusc';

/** The place an ARN is built for. */
export interface Place {
  readonly partition: Partition;
  readonly region: string;
  readonly accountId: string;
}

/** An ARN that no service field is missing from; IAM's Region is the empty string. */
const arn = (partition: string, service: string, region: string, accountId: string, resource: string) =>
  `arn:${partition}:${service}:${region}:${accountId}:${resource}`;

/** `arn:…:backup:<region>:<account>:backup-vault:<name>` */
export const vaultArn = (place: Place, vaultName: string) =>
  arn(place.partition, 'backup', place.region, place.accountId, `backup-vault:${vaultName}`);

/** `arn:…:iam::<account>:role/<name>`; the name may carry a path and, in conditions, the account may be `*`. */
export const roleArn = (partition: Partition, accountId: string, roleName: string) =>
  arn(partition, 'iam', '', accountId, `role/${roleName}`);

/** `arn:…:s3:::<bucket>` */
export const bucketArn = (partition: Partition, bucket: string) => arn(partition, 's3', '', '', bucket);

/** A key or an alias of AWS KMS: `key/<id>` or `alias/<name>`. */
export const kmsArn = ({ partition, region, accountId }: Place, resource: string) =>
  arn(partition, 'kms', region, accountId, resource);

/** The principal that stands for a whole account and delegates to its IAM policies. */
export const accountRootArn = (partition: Partition, accountId: string) => arn(partition, 'iam', '', accountId, 'root');

/**
 * Something of AWS Organizations, such as `ou/o-…/ou-…`; the account is the management account, whoever asks.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 */
export const organizationsArn = (partition: Partition, managementId: string, resource: string) =>
  arn(partition, 'organizations', '', managementId, resource);

/** A policy that AWS owns; `name` carries the path, such as `service-role/…`. */
export const managedPolicyArn = (partition: Partition, name: string) =>
  arn(partition, 'iam', '', 'aws', `policy/${name}`);

/**
 * AWS Backup's service-linked role of an account: the one that performs a copy into that account.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles-AWSServiceRoleForBackup.html
 */
export const backupServiceLinkedRoleArn = (partition: Partition, accountId: string) =>
  roleArn(partition, accountId, `aws-service-role/${BACKUP_PRINCIPAL}/AWSServiceRoleForBackup`);

/**
 * The roles that service-managed StackSets work under in each member account; the end of the name is AWS's.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
 */
export const stackSetsExecutionRoleArn = (partition: Partition, accountId: string) =>
  roleArn(partition, accountId, 'stacksets-exec-*');

/** The fields of an ARN, or undefined where the text is none. */
export interface ArnFields {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/** Splits an ARN at its first five colons; undefined for anything that does not start with `arn:` or is too short. */
export function parseArn(text: string): ArnFields | undefined {
  const match = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.+)$/.exec(text);
  if (!match) return undefined;
  const [, partition = '', service = '', region = '', accountId = '', resource = ''] = match;
  return { partition, service, region, accountId, resource };
}

/** The suffix of AWS's service host names in a partition, as `kms:ViaService` spells them. */
export const dnsSuffix = (partition: Partition) => (partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com');
