import type { BackupClient } from '@aws-sdk/client-backup';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { Where } from '../bootstrap/step';
import type { Config } from '../config/config';
import { ORGANIZATION_POLICIES_STACK } from '../topology/names';
import type { Topology } from '../topology/topology';
import type { Auditee, VaultSite } from './auditee';
import type { Problem } from './finding';
import type { Organization } from './organization';
import type { Vaults } from './vaults';

/** The organization while it is looked at. */
export interface OrganizationSight {
  readonly config: Config;
  readonly topology: Topology;
  readonly organization: Organization;
  /** Every account of the config and of rollouts, looked at or not. */
  readonly everyone: readonly Auditee[];
  /** Those that are looked at. */
  readonly auditees: readonly Auditee[];
  /** Whether a Region is looked at. */
  isAsked(region: string): boolean;
}

/** An account while it is looked at. */
export interface AccountSight extends OrganizationSight {
  readonly auditee: Auditee;
  readonly iam: IAMClient;
  /** AWS Backup of the account in a Region. */
  backup(region: string): BackupClient;
}

/** An account in one Region while it is looked at. */
export interface SiteSight {
  readonly topology: Topology;
  readonly everyone: readonly Auditee[];
  readonly site: VaultSite;
  readonly iam: IAMClient;
  readonly backup: BackupClient;
  readonly kms: KMSClient;
  readonly ec2: EC2Client;
  readonly vaults: Vaults;
}

/** Something that is looked at, in the organization, in each account or in each account and Region; it changes nothing. */
export type Check =
  | {
      readonly name: string;
      readonly of: 'organization';
      /** Problems of the organization itself, and of places that it knows of. */
      problems(sight: OrganizationSight): Promise<readonly (Problem & { readonly where?: Where })[]>;
    }
  | {
      readonly name: string;
      readonly of: 'account';
      /**
       * Who is asked about the account.
       * @default - the account itself
       */
      readonly asked?: 'organization';
      problems(sight: AccountSight): Promise<readonly (Problem & { readonly where?: Where })[]>;
    }
  | { readonly name: string; readonly of: 'site'; problems(sight: SiteSight): Promise<readonly Problem[]> };

/** The check of one kind. */
export type CheckOf<Kind extends Check['of']> = Extract<Check, { readonly of: Kind }>;

/** What to do about something that a stack makes, or StackSets do. */
export const redeploy = ({ stackName }: Pick<VaultSite, 'stackName'>) =>
  stackName === ORGANIZATION_POLICIES_STACK
    ? 'put it right by hand: StackSets do not mend what was changed in an account'
    : `deploy the stack ${stackName}`;
