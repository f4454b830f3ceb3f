import type { IndexedType, ScanMode, ScannedType } from '../aws/scans';

/** A backup plan as one site has it. */
export interface Plan {
  readonly name: string;
  readonly physicalName: string;
  readonly windowsVss: boolean;
  /** The types that are scanned for malware, in AWS's words; undefined when no rule scans. */
  readonly scannedTypes: readonly ScannedType[] | undefined;
  readonly rules: readonly Rule[];
  readonly selections: readonly Selection[];
}

export interface Lifecycle {
  readonly deleteAfterDays: number;
  /** Undefined when recovery points stay warm. */
  readonly moveToColdStorageAfterDays: number | undefined;
  readonly optInToArchive: boolean;
}

export interface Rule extends Lifecycle {
  readonly name: string;
  readonly schedule: string;
  readonly timezone: string;
  readonly startWindowMinutes: number;
  readonly completionWindowMinutes: number;
  readonly enableContinuousBackup: boolean;
  /** Whether recovery points go to the air-gapped vault of the site. */
  readonly targetsAirGapped: boolean;
  readonly recoveryPointTags: Readonly<Record<string, string>>;
  /** The types whose recovery points are indexed for search; none for most. */
  readonly indexedTypes: readonly IndexedType[];
  /** Undefined when recovery points are not scanned for malware. */
  readonly scanMode: ScanMode | undefined;
  readonly copies: readonly Copy[];
}

/** A copy goes to a destination, whose vault ARNs its state tells, or to a vault known by its ARN alone. */
export type Copy = Lifecycle &
  ({ readonly destinationStack: string; readonly isAirGapped: boolean } | { readonly outsideVaultArn: string });

/** A selection in AWS Backup's own terms: (ListOfTags or Resources) and Conditions, without NotResources. */
export interface Selection {
  readonly name: string;
  readonly listOfTags: readonly Tag[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: Conditions;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Keys carry the prefix `aws:ResourceTag/`; all entries must hold. */
export interface Conditions {
  readonly stringEquals: readonly Tag[];
  readonly stringNotEquals: readonly Tag[];
  readonly stringLike: readonly Tag[];
  readonly stringNotLike: readonly Tag[];
}
