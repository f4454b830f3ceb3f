import { type OptInType, partitionOf, REGIONS } from './regions';

/** What AWS Backup calls one kind of resource, and what it can do with it. */
export interface ResourceType {
  /** The word for it in the config. */
  readonly name: string;
  /** Its key in the Region settings. */
  readonly optInKey: OptInType;
  /** Its ARNs after `arn:<partition>:`; several types share a shape, and AWS Backup cannot tell them apart by it. */
  readonly arnPattern: string;
  readonly copiesAcrossRegions: boolean;
  readonly copiesAcrossAccounts: boolean;
  /** Where one copy action crosses both account and Region; elsewhere it takes two copies. */
  readonly oneAction: 'everywhere' | 'commercial';
  /** Whether AWS Backup keeps the recovery points itself, with ARNs of its own. */
  readonly isFullyManaged: boolean;
  /** Whether recovery points can move to cold storage; `archive` asks for optInToArchive besides. */
  readonly coldStorage: boolean | 'archive';
  readonly isContinuous: boolean;
  /** Whose key encrypts a recovery point: the vault's, or the one of the resource. */
  readonly key: 'vault' | 'source';
  /** Whether it can be kept in a logically air-gapped vault; unknown where AWS's table does not say. */
  readonly isAirGapped: boolean | 'unknown';
  /** Regions whose logically air-gapped vaults do not take it. */
  readonly airGappedGaps: readonly string[];
  /** Regions that no copy leaves or enters from another Region. */
  readonly crossRegionGaps: readonly string[];
  /** Regions that no copy leaves or enters from another account. */
  readonly crossAccountGaps: readonly string[];
  /** Why it is not copied, or what to know about it. */
  readonly note: string;
  /** The page of AWS Backup's guide that says so, below docs.aws.amazon.com/aws-backup/latest/devguide. */
  readonly page: string;
}

type Differences = Partial<Omit<ResourceType, 'name' | 'optInKey' | 'arnPattern'>>;

/** Types that another service stores: EC2, RDS or FSx keep the snapshots, under the key of the resource. */
const inherited: Omit<ResourceType, 'name' | 'optInKey' | 'arnPattern'> = {
  copiesAcrossRegions: true,
  copiesAcrossAccounts: true,
  oneAction: 'everywhere',
  isFullyManaged: false,
  coldStorage: false,
  isContinuous: false,
  key: 'source',
  isAirGapped: true,
  airGappedGaps: [],
  crossRegionGaps: [],
  crossAccountGaps: [],
  note: '',
  page: 'backup-feature-availability.html',
};
const managed = { ...inherited, isFullyManaged: true, key: 'vault' } as const;
const uncopied = { copiesAcrossRegions: false, copiesAcrossAccounts: false, isAirGapped: false } as const;

const OPT_IN_REGIONS = Object.entries(REGIONS).flatMap(([region, { isOptIn }]) => (isOptIn ? [region] : []));
const NEPTUNE_CROSSES = ['af-south-1', 'ap-east-1', 'ap-southeast-3', 'il-central-1', 'me-south-1', 'me-central-1'];
const NEPTUNE_GAPS = OPT_IN_REGIONS.filter((region) => !NEPTUNE_CROSSES.includes(region));

const CLUSTER = 'rds:*:*:cluster:*';
const FILE_SYSTEM = 'fsx:*:*:file-system/*';

const of = <Name extends string>(
  base: typeof inherited | typeof managed,
  name: Name,
  optInKey: OptInType,
  arnPattern: string,
  differences: Differences = {},
): ResourceType & { readonly name: Name } => ({ ...base, ...differences, name, optInKey, arnPattern });

/**
 * Every resource type of AWS Backup and what it can do, as of September 2026. `RDS` are instances; Aurora, DocumentDB,
 * Neptune and Multi-AZ clusters share `cluster:*`, so a selection by one of these takes the others along.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 *
 * Air-gapped vaults: the column of that table (which ticks neither FSx OpenZFS nor CloudFormation beyond doubt), its
 * footnotes 9 and 11 for Neptune and EKS, and for FSx ONTAP the announcement of 29 September 2026.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 * @see https://aws.amazon.com/about-aws/whats-new/2026/09/aws-backup-air-gapped-vault-fsx-ontap/
 */
export const RESOURCE_TYPES = [
  of(inherited, 'EC2', 'EC2', 'ec2:*:*:instance/*', {
    note: 'an EC2 Allowed AMIs setting must name the source account',
  }),
  of(inherited, 'EBS', 'EBS', 'ec2:*:*:volume/*', { coldStorage: 'archive' }),
  of(managed, 'S3', 'S3', 's3:::*', {
    isContinuous: true,
    note: 'the bucket needs versioning',
    page: 's3-backups.html',
  }),
  of(inherited, 'RDS', 'RDS', 'rds:*:*:db:*', {
    oneAction: 'commercial',
    isContinuous: true,
    isAirGapped: false,
    note: 'option groups do not travel, and snapshots with TDE cannot be shared',
  }),
  of(inherited, 'RDS Multi-AZ cluster', 'RDS', CLUSTER, {
    ...uncopied,
    note: 'AWS Backup copies no Multi-AZ clusters',
  }),
  of(inherited, 'Aurora', 'Aurora', CLUSTER, { oneAction: 'commercial', isContinuous: true }),
  of(managed, 'DSQL', 'DSQL', 'dsql:*:*:cluster/*'),
  of(inherited, 'DocumentDB', 'DocumentDB', CLUSTER, {
    oneAction: 'commercial',
    crossRegionGaps: OPT_IN_REGIONS,
    crossAccountGaps: OPT_IN_REGIONS,
  }),
  of(inherited, 'Neptune', 'Neptune', CLUSTER, {
    oneAction: 'commercial',
    crossRegionGaps: NEPTUNE_GAPS,
    crossAccountGaps: OPT_IN_REGIONS,
    airGappedGaps: ['ap-southeast-3'],
  }),
  of(managed, 'DynamoDB', 'DynamoDB', 'dynamodb:*:*:table/*', { coldStorage: true }),
  of(managed, 'EFS', 'EFS', 'elasticfilesystem:*:*:file-system/*', { coldStorage: true }),
  of(inherited, 'FSx Lustre', 'FSx', FILE_SYSTEM, { crossRegionGaps: OPT_IN_REGIONS }),
  of(inherited, 'FSx Windows', 'FSx', FILE_SYSTEM, { crossRegionGaps: OPT_IN_REGIONS }),
  of(inherited, 'FSx OpenZFS', 'FSx', FILE_SYSTEM, { crossRegionGaps: OPT_IN_REGIONS, isAirGapped: 'unknown' }),
  of(inherited, 'FSx ONTAP', 'FSx', 'fsx:*:*:volume/*', {
    ...uncopied,
    isAirGapped: true,
    crossRegionGaps: OPT_IN_REGIONS,
    note: 'AWS Backup copies no FSx for ONTAP volumes but into air-gapped vaults',
  }),
  of(inherited, 'Storage Gateway', 'Storage Gateway', 'storagegateway:*:*:gateway/*'),
  of(managed, 'Timestream', 'Timestream', 'timestream:*:*:database/*', {
    coldStorage: true,
    crossAccountGaps: OPT_IN_REGIONS,
  }),
  of(managed, 'VirtualMachine', 'VirtualMachine', 'backup-gateway:*:*:vm/*', { coldStorage: true }),
  of(managed, 'CloudFormation', 'CloudFormation', 'cloudformation:*:*:stack/*', {
    coldStorage: true,
    isAirGapped: 'unknown',
    crossAccountGaps: OPT_IN_REGIONS,
    note: 'resources of the stack that cannot be copied are dropped from the copy',
  }),
  of(managed, 'SAP HANA', 'SAP HANA on Amazon EC2', 'ssm-sap:*:*:HANA/*', {
    coldStorage: true,
    isContinuous: true,
    isAirGapped: false,
  }),
  of(inherited, 'Redshift', 'Redshift', 'redshift:*:*:cluster:*', {
    ...uncopied,
    note: 'AWS Backup copies no Redshift snapshots',
  }),
  of(inherited, 'Redshift Serverless', 'Redshift Serverless', 'redshift-serverless:*:*:namespace/*', {
    ...uncopied,
    note: 'AWS Backup copies no Redshift Serverless snapshots',
  }),
  of(managed, 'EKS', 'EKS', 'eks:*:*:cluster/*', {
    airGappedGaps: ['me-south-1', 'me-central-1'],
    note: 'EFS volumes of the cluster do not cross accounts',
    page: 'eks-backups.html',
  }),
] as const;

/**
 * DynamoDB without full management by AWS Backup: the same word and ARNs, and nothing of it can be copied.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html
 */
export const DYNAMODB_BASIC: ResourceType = of(inherited, 'DynamoDB', 'DynamoDB', 'dynamodb:*:*:table/*', {
  ...uncopied,
  note: 'without the management preference DynamoDB: true, AWS Backup copies no tables',
  page: 'advanced-ddb-backup.html',
});

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
 * Types whose full management by AWS Backup an account chooses in its Region settings.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html
 */
export const MANAGED_TYPES = ['DynamoDB', 'EFS'] as const satisfies readonly OptInType[];

/** Types that AWS reports a management preference for although nobody can choose it. */
export const REPORTED_MANAGED_TYPES = ['CloudFormation', 'DSQL'] as const satisfies readonly OptInType[];
