import { parseArn } from '../aws/arn';
import { AIR_GAPPED } from '../config/copy-target';
import type { Copy, Plan, Rule } from '../topology/plan';
import type { DestinationSite, Site, SourceSite, Topology } from '../topology/topology';

/** One copy of one rule of one source: what a schedule promises. */
export interface Edge {
  readonly source: SourceSite;
  readonly plan: Plan;
  readonly rule: Rule;
  readonly copy: Copy;
  /** The vault that it copies to. */
  readonly vaultArn: string;
  /** As the config calls them: `production/us-east-1`, `vault/eu-west-1`, or the ARN of a vault outside. */
  readonly from: string;
  readonly to: string;
}

/** `production/us-east-1` */
export const placeOf = ({ name, region }: Pick<Site, 'name' | 'region'>): string => `${name}/${region}`;

/** Every copy that the schedules of some sources promise. */
export const edgesOf = ({ destinations }: Pick<Topology, 'destinations'>, sources: readonly SourceSite[]): Edge[] =>
  sources.flatMap((source) =>
    source.plans.flatMap((plan) =>
      plan.rules.flatMap((rule) =>
        rule.copies.flatMap((copy) => {
          const target = targetOf(destinations, copy);
          return target ? [{ source, plan, rule, copy, from: placeOf(source), ...target }] : [];
        }),
      ),
    ),
  );

function targetOf(destinations: readonly DestinationSite[], copy: Copy): Pick<Edge, 'vaultArn' | 'to'> | undefined {
  if ('outsideVaultArn' in copy) return { vaultArn: copy.outsideVaultArn, to: copy.outsideVaultArn };
  const site = destinations.find(({ stackName }) => stackName === copy.destinationStack);
  const vault = copy.isAirGapped ? site?.airGapped : site?.vault;
  if (!site || !vault) return undefined;
  return { vaultArn: vault.vaultArn, to: `${placeOf(site)}${copy.isAirGapped ? `/${AIR_GAPPED}` : ''}` };
}

/** A vault of the config. */
export interface Vault {
  readonly arn: string;
  readonly name: string;
  /** As the config calls its place, with what tells it from others there. */
  readonly label: string;
  readonly accountId: string;
  readonly region: string;
}

/** Every vault of some sites, once: the one in use, those before it, and the air-gapped one. Rollouts share theirs. */
export const vaultsOf = (sites: readonly (DestinationSite | SourceSite)[]): Vault[] => [
  ...new Map(sites.flatMap(vaultsIn).map((vault) => [vault.arn, vault])).values(),
];

function vaultsIn(site: DestinationSite | SourceSite): Vault[] {
  const { accountId, region } = site;
  const of = ({ vaultArn, vaultName }: { vaultArn: string; vaultName: string }, what = ''): Vault => ({
    arn: vaultArn,
    name: vaultName,
    label: `${placeOf(site)}${what}`,
    accountId,
    region,
  });
  return [
    of(site.vault),
    ...site.retiredVaults.map((vault) => of(vault, ` (${vault.vaultName})`)),
    ...(site.airGapped ? [of(site.airGapped, `/${AIR_GAPPED}`)] : []),
  ];
}

/** What an ARN of a vault says, or undefined where the text is none. */
export function vaultAt(arn: string): Omit<Vault, 'label'> | undefined {
  const fields = parseArn(arn);
  const [, name] = /^backup-vault:(.+)$/.exec(fields?.resource ?? '') ?? [];
  return fields && name !== undefined ? { arn, name, accountId: fields.accountId, region: fields.region } : undefined;
}
