import { type OptInType, partitionOf } from './regions';

/** What AWS Backup calls one kind of resource, and how a selection names it. */
export interface ResourceType {
  /** The word for it in the config. */
  readonly name: string;
  /** Its key in the Region settings. */
  readonly optInKey: OptInType;
  /** Its ARNs after `arn:<partition>:`; several types share a shape, and AWS Backup cannot tell them apart by it. */
  readonly arnPattern: string;
}

/**
 * Every resource type of AWS Backup. `RDS` are instances; Aurora, DocumentDB, Neptune and Multi-AZ clusters share
 * `cluster:*`, so a selection by one of these types takes the others along.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
export const RESOURCE_TYPES = [
  { name: 'EC2', optInKey: 'EC2', arnPattern: 'ec2:*:*:instance/*' },
  { name: 'EBS', optInKey: 'EBS', arnPattern: 'ec2:*:*:volume/*' },
  { name: 'S3', optInKey: 'S3', arnPattern: 's3:::*' },
  { name: 'RDS', optInKey: 'RDS', arnPattern: 'rds:*:*:db:*' },
  { name: 'RDS Multi-AZ cluster', optInKey: 'RDS', arnPattern: 'rds:*:*:cluster:*' },
  { name: 'Aurora', optInKey: 'Aurora', arnPattern: 'rds:*:*:cluster:*' },
  { name: 'DSQL', optInKey: 'DSQL', arnPattern: 'dsql:*:*:cluster/*' },
  { name: 'DocumentDB', optInKey: 'DocumentDB', arnPattern: 'rds:*:*:cluster:*' },
  { name: 'Neptune', optInKey: 'Neptune', arnPattern: 'rds:*:*:cluster:*' },
  { name: 'DynamoDB', optInKey: 'DynamoDB', arnPattern: 'dynamodb:*:*:table/*' },
  { name: 'EFS', optInKey: 'EFS', arnPattern: 'elasticfilesystem:*:*:file-system/*' },
  { name: 'FSx Lustre', optInKey: 'FSx', arnPattern: 'fsx:*:*:file-system/*' },
  { name: 'FSx Windows', optInKey: 'FSx', arnPattern: 'fsx:*:*:file-system/*' },
  { name: 'FSx OpenZFS', optInKey: 'FSx', arnPattern: 'fsx:*:*:file-system/*' },
  { name: 'FSx ONTAP', optInKey: 'FSx', arnPattern: 'fsx:*:*:volume/*' },
  { name: 'Storage Gateway', optInKey: 'Storage Gateway', arnPattern: 'storagegateway:*:*:gateway/*' },
  { name: 'Timestream', optInKey: 'Timestream', arnPattern: 'timestream:*:*:database/*' },
  { name: 'VirtualMachine', optInKey: 'VirtualMachine', arnPattern: 'backup-gateway:*:*:vm/*' },
  { name: 'CloudFormation', optInKey: 'CloudFormation', arnPattern: 'cloudformation:*:*:stack/*' },
  { name: 'SAP HANA', optInKey: 'SAP HANA on Amazon EC2', arnPattern: 'ssm-sap:*:*:HANA/*' },
  { name: 'Redshift', optInKey: 'Redshift', arnPattern: 'redshift:*:*:cluster:*' },
  { name: 'Redshift Serverless', optInKey: 'Redshift Serverless', arnPattern: 'redshift-serverless:*:*:namespace/*' },
  { name: 'EKS', optInKey: 'EKS', arnPattern: 'eks:*:*:cluster/*' },
] as const satisfies readonly ResourceType[];

/** The words a selection may use in `resourceTypes`. */
export type ResourceTypeName = (typeof RESOURCE_TYPES)[number]['name'];

export const RESOURCE_TYPE_NAMES = RESOURCE_TYPES.map(({ name }) => name) as [ResourceTypeName, ...ResourceTypeName[]];

/** The ARN patterns that stand for resource types in a Region's partition; a shape that types share comes once. */
export function arnPatternsOf(names: readonly ResourceTypeName[], region: string): string[] {
  const patterns = RESOURCE_TYPES.filter(({ name }) => names.includes(name)).map(
    ({ arnPattern }) => `arn:${partitionOf(region)}:${arnPattern}`,
  );
  return [...new Set(patterns)];
}

/**
 * Types whose full management by AWS Backup an account chooses in its Region settings; both need it to be copied.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html
 */
export const MANAGED_TYPES = ['DynamoDB', 'EFS'] as const satisfies readonly OptInType[];

/** Types that AWS reports a management preference for although nobody can choose it. */
export const REPORTED_MANAGED_TYPES = ['CloudFormation', 'DSQL'] as const satisfies readonly OptInType[];
