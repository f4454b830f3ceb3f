import { vaultArn } from '../aws/arn';
import { keyArnOf, type Placed, type PlacedResources } from './placed';
import { madeKeysOf, type SiteView } from './site-view';

/** What no plan may destroy, type by type, and how its ARN is told. */
const PREVENTED: Readonly<Record<string, (placed: Placed) => string>> = {
  aws_backup_vault: (placed) => vaultArn(placed, String(placed.block.name)),
  aws_backup_logically_air_gapped_vault: (placed) => vaultArn(placed, String(placed.block.name)),
  aws_kms_key: keyArnOf,
};

/** The vaults and keys that Terraform would destroy or replace if it were asked to: their addresses, by ARN. */
export function readDestructible(resources: PlacedResources): Map<string, string> {
  const destructible = new Map<string, string>();
  for (const [type, arnOf] of Object.entries(PREVENTED)) {
    for (const placed of resources.all(type)) {
      const [lifecycle] = [placed.block.lifecycle ?? {}].flat() as { readonly prevent_destroy?: unknown }[];
      if (lifecycle?.prevent_destroy !== true) destructible.set(arnOf(placed), `${placed.stack}.${placed.id}`);
    }
  }
  return destructible;
}

/** What the config has safe from being destroyed and the stacks have not, a line each. */
export function destroyComplaints(view: SiteView, destructible: ReadonlyMap<string, string>): string[] {
  if (!view.site.isDestroyPrevented) return [];
  return [...view.vaults, ...madeKeysOf(view)].flatMap(({ arn }) => {
    const address = destructible.get(arn);
    return address === undefined ? [] : [`${address} must have prevent_destroy, or a plan may destroy or replace it`];
  });
}
