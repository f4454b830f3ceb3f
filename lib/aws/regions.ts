import type { Partition } from './arn';

/**
 * Every resource type AWS Backup asks an opt-in for, spelled as `UpdateRegionSettings` takes it, spaces included.
 * As of September 2026. A type that AWS adds later must be added here, and to `missing` wherever it is not offered.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html
 */
export const OPT_IN_TYPES = [
  'Aurora',
  'CloudFormation',
  'DocumentDB',
  'DSQL',
  'DynamoDB',
  'EBS',
  'EC2',
  'EFS',
  'EKS',
  'FSx',
  'Neptune',
  'RDS',
  'Redshift',
  'Redshift Serverless',
  'S3',
  'SAP HANA on Amazon EC2',
  'Storage Gateway',
  'Timestream',
  'VirtualMachine',
] as const;

/** One key of `resource_type_opt_in_preference`. */
export type OptInType = (typeof OPT_IN_TYPES)[number];

/** What AWS Backup's guide says of one Region. */
export interface RegionFacts {
  /** True where an account must first enable the Region; never so in GovCloud and China, partitions of their own. */
  readonly isOptIn: boolean;
  /** The types AWS Backup does not protect there; naming one in the Region's settings is refused. */
  readonly missing: readonly OptInType[];
}

const byDefault = (...missing: OptInType[]): RegionFacts => ({ isOptIn: false, missing });
const optIn = (...missing: OptInType[]): RegionFacts => ({ isOptIn: true, missing });

/**
 * The Regions AWS Backup runs in, each with the types it lacks there; the European Sovereign Cloud is left out, as AWS
 * Backup copies neither across accounts nor across Regions there.
 *
 * Data: the guide's tables as they stood after its change of 27 August 2026; its history names no further type or
 * Region up to 24 September 2026. `missing` is a blank cell of "Supported services by AWS Region". Aurora,
 * CloudFormation, DynamoDB, EBS, EC2, EFS, RDS and Redshift have no column: they are taken to be everywhere, because
 * the guide gives them to each Region that has the service and each one here has its endpoint.
 *
 * Doubts, none tested against `DescribeRegionSettings`, which alone decides:
 * - The guide documents backup support, not the keys of the API; a launch can reach one before the other.
 * - Redshift Serverless: the table leaves it out of ca-west-1 and GovCloud, yet the service has endpoints there and the
 *   text above the table gives it to every such Region. The table is followed. DocumentDB has the same sentence.
 * - FSx is listed where at least one of its file system types is; ap-southeast-6 has an FSx endpoint but a blank cell.
 * - When service opt-in began (2020) China had none; the API is documented there today.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
export const REGIONS: Readonly<Record<string, RegionFacts>> = {
  'af-south-1': optIn('DSQL', 'Timestream'),
  'ap-east-1': optIn('Timestream'),
  'ap-east-2': optIn('DSQL', 'DocumentDB', 'Neptune', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'ap-northeast-1': byDefault(),
  'ap-northeast-2': byDefault('Timestream'),
  'ap-northeast-3': byDefault('Timestream'),
  'ap-south-1': byDefault(),
  'ap-south-2': optIn('DSQL', 'Neptune', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'ap-southeast-1': byDefault('Timestream'),
  'ap-southeast-2': byDefault(),
  'ap-southeast-3': optIn('DSQL', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'ap-southeast-4': optIn('SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'ap-southeast-5': optIn('DSQL', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'ap-southeast-6': optIn('DSQL', 'FSx', 'Neptune', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'ap-southeast-7': optIn('DSQL', 'Neptune', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'ca-central-1': byDefault('Timestream'),
  'ca-west-1': optIn('DocumentDB', 'Redshift Serverless', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'eu-central-1': byDefault(),
  'eu-central-2': optIn('DSQL', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'eu-north-1': byDefault('Timestream'),
  'eu-south-1': optIn('DSQL', 'Neptune', 'Timestream'),
  'eu-south-2': optIn('SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'eu-west-1': byDefault(),
  'eu-west-2': byDefault('Timestream'),
  'eu-west-3': byDefault('Timestream'),
  'il-central-1': optIn('DSQL', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'me-central-1': optIn('DSQL', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'me-south-1': optIn('DSQL', 'DocumentDB', 'Redshift Serverless', 'Timestream'),
  'mx-central-1': optIn('DSQL', 'Neptune', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'sa-east-1': byDefault('Timestream'),
  'us-east-1': byDefault(),
  'us-east-2': byDefault(),
  'us-west-1': byDefault('DSQL', 'DocumentDB', 'Timestream'),
  'us-west-2': byDefault(),
  'us-gov-east-1': byDefault('DSQL', 'DocumentDB', 'Redshift Serverless', 'SAP HANA on Amazon EC2', 'Timestream'),
  'us-gov-west-1': byDefault('DSQL', 'Redshift Serverless', 'SAP HANA on Amazon EC2'),
  'cn-north-1': byDefault('DSQL', 'EKS', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
  'cn-northwest-1': byDefault('DSQL', 'EKS', 'SAP HANA on Amazon EC2', 'Timestream', 'VirtualMachine'),
};

/**
 * The complete set of keys a Region's opt-in preference must name, sorted by code unit: AWS refuses a key the Region
 * lacks, and Terraform reports a change for ever when one it has is left out. Source, date and doubts as for `REGIONS`.
 * @throws Error for a Region that `REGIONS` does not hold
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/22744
 */
export function optInTypesOf(region: string): OptInType[] {
  const facts = Object.hasOwn(REGIONS, region) ? REGIONS[region] : undefined;
  if (!facts) {
    throw new Error(`region must be one AWS Backup is known to run in, got "${region}": see lib/aws/regions.ts`);
  }
  return OPT_IN_TYPES.filter((type) => !facts.missing.includes(type)).sort();
}

/**
 * The partition a Region's ARNs carry, told by its prefix alone, so that a Region newer than this table still gets its
 * own. The isolated partitions (`us-iso…`, `eu-iso…`) are not known and would be answered with `aws`.
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  return 'aws';
}

/** The Region that services without Regions (IAM, Organizations) answer in, as `aws:RequestedRegion` has it. */
export const globalRegionOf = (partition: string | undefined): string =>
  ({ 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1', 'aws-eusc': 'eusc-de-east-1' })[partition ?? ''] ??
  'us-east-1';
