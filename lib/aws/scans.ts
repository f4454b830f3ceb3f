import { dnsSuffix, type Partition } from './arn';

/**
 * Types whose recovery points AWS Backup can index, so that the files and objects in them can be searched for.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_IndexAction.html
 */
export const INDEXED_TYPES = ['EBS', 'S3'] as const;
export type IndexedType = (typeof INDEXED_TYPES)[number];

/**
 * Types whose recovery points can be scanned for malware.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/malware-protection.html
 */
export const SCANNED_TYPES = ['EBS', 'EC2', 'S3'] as const;

/** What AWS calls all of them in a scan setting, those that it adds later too. */
export const ALL_SCANNED_TYPES = 'ALL';

/** One word of a scan setting. */
export type ScannedType = (typeof SCANNED_TYPES)[number] | typeof ALL_SCANNED_TYPES;

/**
 * What a scan reads, as the config says it and as AWS does.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ScanAction.html
 */
export const SCAN_MODES = { full: 'FULL_SCAN', incremental: 'INCREMENTAL_SCAN' } as const;
export type ScanMode = (typeof SCAN_MODES)[keyof typeof SCAN_MODES];

/** The one scanner there is. */
export const MALWARE_SCANNER = 'GUARDDUTY';

/** Who takes the scanner role. @see https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-backup-iam-permissions.html */
export const SCANNER_PRINCIPAL = 'malware-protection.guardduty.amazonaws.com';

/** The same, as `iam:PassedToService` spells it in a partition. */
export const scannerService = (partition: Partition) => `malware-protection.guardduty.${dnsSuffix(partition)}`;
