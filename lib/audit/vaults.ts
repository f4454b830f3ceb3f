import { type BackupClient, type BackupVaultListMember, paginateListBackupVaults } from '@aws-sdk/client-backup';
import { DescribeKeyCommand, type KeyMetadata, type KMSClient } from '@aws-sdk/client-kms';
import { ask } from '../live/ask';
import { listAll } from '../live/list-all';
import {
  airGappedDestinationKeyPolicy,
  airGappedDestinationPolicy,
  airGappedSourceKeyPolicy,
} from '../policies/air-gapped-policies';
import type { PolicyDocument } from '../policies/policy-document';
import {
  closedSourcePolicy,
  destinationAccessPolicy,
  destinationKeyPolicy,
  retiredDestinationPolicy,
  sourceAccessPolicy,
  sourceKeyPolicy,
} from '../policies/site-policies';
import type { VaultLock } from '../topology/topology';
import type { VaultSite } from './auditee';

/** A vault as it should be. */
export interface ExpectedVault {
  readonly vaultName: string;
  readonly isAirGapped: boolean;
  readonly lock: VaultLock | undefined;
  /** The alias of a key of ours, or a key of somebody else's; undefined where the key is AWS's. */
  readonly key: { readonly alias: string } | { readonly existingKeyArn: string } | undefined;
  readonly policy: PolicyDocument;
  /** The policy of the key, where it is ours. */
  readonly keyPolicy: PolicyDocument;
}

/** Every vault of a site, with the policies that the stacks give them. */
export function expectedVaults(site: VaultSite, organizationId: string): ExpectedVault[] {
  const { vault, retiredVaults, airGapped } = site;
  const policies = policiesOf(site, organizationId);
  return [
    ...retiredVaults.map((names) => ({
      ...names,
      isAirGapped: false,
      policy: policies.retired,
      keyPolicy: policies.key,
    })),
    { ...vault, isAirGapped: false, policy: policies.vault, keyPolicy: policies.key },
    ...(airGapped && policies.airGapped
      ? [
          {
            vaultName: airGapped.vaultName,
            isAirGapped: true,
            lock: airGapped.lock,
            key: airGapped.keyAlias === undefined ? undefined : { alias: airGapped.keyAlias },
            policy: policies.airGapped.vault,
            keyPolicy: policies.airGapped.key,
          },
        ]
      : []),
  ];
}

function policiesOf(site: VaultSite, organizationId: string) {
  if (site.role === 'destination') {
    const { airGapped } = site;
    return {
      vault: destinationAccessPolicy(site, organizationId),
      retired: retiredDestinationPolicy(site),
      key: destinationKeyPolicy(site, organizationId),
      airGapped: airGapped && {
        vault: airGappedDestinationPolicy(site, airGapped, organizationId),
        key: airGappedDestinationKeyPolicy(site, airGapped, organizationId),
      },
    };
  }
  return {
    vault: sourceAccessPolicy(site, organizationId),
    retired: closedSourcePolicy(site),
    key: sourceKeyPolicy(site, organizationId),
    airGapped: { vault: closedSourcePolicy(site), key: airGappedSourceKeyPolicy(site, organizationId) },
  };
}

/** The vaults and keys that are there, each asked for once. */
export class Vaults {
  private listed: Promise<BackupVaultListMember[]> | undefined;
  private readonly keys = new Map<string, Promise<KeyMetadata | undefined>>();

  constructor(
    private readonly backup: BackupClient,
    private readonly kms: KMSClient,
  ) {}

  /** From the list: asked for one that is not there, AWS Backup answers that it must not be looked at. */
  async named(name: string): Promise<BackupVaultListMember | undefined> {
    this.listed ??= this.list();
    return (await this.listed).find(({ BackupVaultName }) => BackupVaultName === name);
  }

  /** A key by its ARN or an alias; undefined where there is none. */
  key(id: string): Promise<KeyMetadata | undefined> {
    const known = this.keys.get(id) ?? this.describeKey(id);
    this.keys.set(id, known);
    return known;
  }

  private list(): Promise<BackupVaultListMember[]> {
    return listAll(
      'backup:ListBackupVaults',
      () => paginateListBackupVaults({ client: this.backup }, {}),
      ({ BackupVaultList }) => BackupVaultList,
    );
  }

  private async describeKey(KeyId: string): Promise<KeyMetadata | undefined> {
    const { KeyMetadata: key } = await ask<{ KeyMetadata?: KeyMetadata | undefined }>(
      'kms:DescribeKey',
      () => this.kms.send(new DescribeKeyCommand({ KeyId })),
      { NotFoundException: {} },
    );
    return key;
  }
}
