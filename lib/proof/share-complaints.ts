import { PROTECTION_TAG } from '../topology/names';
import type { Tags } from './deployed';
import type { PlacedResources } from './placed';
import type { SiteView } from './site-view';

/** Whom an air-gapped vault is shared with by AWS RAM. */
export interface DeployedShare {
  readonly arn: string;
  readonly accountId: string;
  readonly tags: Tags;
  readonly allowsOutsiders: boolean;
  readonly vaultArns: readonly string[];
  readonly principals: readonly string[];
}

/** Every resource share of the stacks, with what is shared and with whom. */
export function readShares(resources: PlacedResources): DeployedShare[] {
  const shared = resources.all('aws_ram_resource_association');
  const principals = resources.all('aws_ram_principal_association');
  return resources.all('aws_ram_resource_share').map(({ stack, id, block, accountId, tags }) => {
    const arn = `${stack}.${id}`;
    const ofShare = (list: typeof shared, attribute: string) =>
      list.filter((one) => one.block.resource_share_arn === arn).map((one) => String(one.block[attribute]));
    return {
      arn,
      accountId,
      tags,
      allowsOutsiders: block.allow_external_principals !== false,
      vaultArns: ofShare(shared, 'resource_arn'),
      principals: ofShare(principals, 'principal'),
    };
  });
}

/** Where an air-gapped vault is not shared as the config has it, a line each. */
export function shareComplaints(views: readonly SiteView[], shares: readonly DeployedShare[]): string[] {
  const ours = views.flatMap(({ airGapped }) => (airGapped ? [airGapped] : []));
  const ofVault = (arn: string) => shares.filter(({ vaultArns }) => vaultArns.includes(arn));
  const known = new Set(ours.map(({ vault }) => vault.arn));
  return [
    ...ours.flatMap(({ vault, sharedWith }) => {
      const found = ofVault(vault.arn).flatMap(({ principals }) => principals);
      const list = (ids: readonly string[]) => (ids.length === 0 ? 'nobody' : [...ids].sort().join(', '));
      if (list(found) === list(sharedWith)) return [];
      return [`${vault.arn} must be shared with ${list(sharedWith)}, and is shared with ${list(found)}`];
    }),
    ...shares.flatMap(({ arn, vaultArns, allowsOutsiders, tags }) => [
      ...vaultArns
        .filter((vault) => !known.has(vault))
        .map((vault) => `${arn} must share only air-gapped vaults of the config, and shares ${vault}`),
      ...(allowsOutsiders ? [`${arn} must not allow principals outside the organization`] : []),
      ...(tags[PROTECTION_TAG.key] === PROTECTION_TAG.value
        ? []
        : [`${arn} must have the tag ${PROTECTION_TAG.key}, by which guardrails know it`]),
    ]),
  ];
}
