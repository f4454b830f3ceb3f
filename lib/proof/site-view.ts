import { resourceKeyFiles, vaultKeyFile } from '../report/policy-files';
import type { AirGappedVault, DestinationSite, SourceSite } from '../topology/topology';
import {
  type Deployed,
  type DeployedKey,
  type DeployedPlan,
  type DeployedRole,
  type DeployedVault,
  memberKey,
} from './deployed';
import { policyAt } from './placed';
import { ProofError } from './proof-error';
import type { Synthesized } from './synthesized';

/** A site as the config promises it, with what the stacks hold for it. */
export interface SiteView {
  readonly site: DestinationSite | SourceSite;
  /** As the operator calls it, such as `vault/eu-west-1`. */
  readonly label: string;
  /** The vault that recovery points land in. */
  readonly vault: DeployedVault;
  /** All its vaults: that one, those it has followed, and the air-gapped one. */
  readonly vaults: readonly DeployedVault[];
  readonly airGapped: AirGappedView | undefined;
  /** The key of the vaults, made or named. */
  readonly vaultKey: DeployedKey;
  /** Keys that encrypt resources; a destination has none. */
  readonly resourceKeys: readonly DeployedKey[];
  /** Keys whose policies the stacks do not set: what the proof takes to be said in them. */
  readonly assumedKeys: readonly DeployedKey[];
  readonly restoreRole: DeployedRole;
  /** Undefined for a destination. */
  readonly backupRole: DeployedRole | undefined;
  /** The role that GuardDuty scans with; undefined where nothing is scanned. */
  readonly scannerRole: DeployedRole | undefined;
  readonly plans: readonly DeployedPlan[];
}

/** The roles of a site that AWS Backup works under. */
export const serviceRolesOf = ({ backupRole, restoreRole }: SiteView): DeployedRole[] => [
  ...(backupRole ? [backupRole] : []),
  restoreRole,
];

/** All roles that are made for a site. */
export const madeRolesOf = (view: SiteView): DeployedRole[] => [
  ...serviceRolesOf(view),
  ...(view.scannerRole ? [view.scannerRole] : []),
];

/** The air-gapped vault of a site. */
export interface AirGappedView {
  readonly vault: DeployedVault;
  /** Undefined where the key is AWS's. */
  readonly key: DeployedKey | undefined;
  /** Accounts that may restore from it. */
  readonly sharedWith: readonly string[];
}

/** The keys of a site whose policies the stacks set. */
export const madeKeysOf = ({ vaultKey, resourceKeys, airGapped, assumedKeys }: SiteView): DeployedKey[] =>
  [vaultKey, ...resourceKeys, ...(airGapped?.key ? [airGapped.key] : [])].filter((key) => !assumedKeys.includes(key));

/**
 * Finds in the stacks what a site of the config promises.
 * @throws ProofError when it is not there: the stacks are of another config
 */
export function siteView(site: DestinationSite | SourceSite, deployed: Deployed, written: Synthesized): SiteView {
  const found = <Thing>(things: ReadonlyMap<string, Thing>, arn: string, what: string): Thing => {
    const thing = things.get(arn);
    if (!thing) throw new ProofError(`stack ${site.stackName} has no ${what} ${arn}: run npm run synth again`);
    return thing;
  };
  const assumed = (arn: string, path: string): DeployedKey => ({
    arn,
    accountId: site.accountId,
    region: site.region,
    tags: {},
    policy: policyAt(path, written.policyFile(path)),
  });
  const vaultAt = (arn: string) => found(deployed.vaults, arn, 'vault');
  const vault = vaultAt(site.vault.vaultArn);
  const keyAt = (arn: string | undefined) => found(deployed.keys, arn ?? '', 'key');
  const airGapped = site.airGapped && airGappedView(site.airGapped, vaultAt(site.airGapped.vaultArn), keyAt);
  const named = 'existingKeyArn' in site.vault.key ? site.vault.key.existingKeyArn : vault.keyArn;
  for (const one of [vault, ...site.retiredVaults.map((retired) => vaultAt(retired.vaultArn))]) {
    if (one.keyArn !== named) {
      throw new ProofError(
        `${one.arn} must be encrypted with ${named}, as the config has it, and is with ${one.keyArn}`,
      );
    }
  }
  if (site.airGapped?.keyAlias === undefined && airGapped?.vault.keyArn !== undefined) {
    throw new ProofError(
      `${airGapped.vault.arn} must be encrypted with AWS's key, and is with ${airGapped.vault.keyArn}`,
    );
  }
  const isVaultKeyMade = 'alias' in site.vault.key;
  const vaultKey = isVaultKeyMade ? keyAt(vault.keyArn) : assumed(vault.keyArn ?? '', vaultKeyFile(site));
  const base = {
    site,
    label: `${site.name}/${site.region}`,
    vault,
    vaults: [
      vault,
      ...site.retiredVaults.map((retired) => vaultAt(retired.vaultArn)),
      ...(airGapped ? [airGapped.vault] : []),
    ],
    airGapped,
    vaultKey,
    restoreRole: found(deployed.roles, site.restoreRole.arn, 'role'),
  };
  const assumedVaultKeys = isVaultKeyMade ? [] : [vaultKey];
  if (site.role === 'destination') {
    return { ...base, resourceKeys: [], assumedKeys: assumedVaultKeys, ...NO_SOURCE };
  }
  const anyKey = `arn:${site.partition}:kms:${site.region}:${site.accountId}:key/any-that-encrypts-resources`;
  // Where the site makes a key and names none, the statements for further keys are told but nobody asked for them.
  const isOnlyMade = site.resourceKeyAlias !== undefined && site.existingResourceKeyArns.length === 0;
  const files = site.copyAccountIds.length === 0 || isOnlyMade ? [] : resourceKeyFiles(site);
  const told = files.map(({ keyArn, path }) => assumed(keyArn ?? anyKey, path));
  const made =
    site.resourceKeyAlias === undefined
      ? []
      : [found(deployed.keys, madeResourceKey(site, site.resourceKeyAlias, deployed), 'key')];
  return {
    ...base,
    resourceKeys: [...made, ...told],
    assumedKeys: [...assumedVaultKeys, ...told],
    backupRole: found(deployed.roles, site.backupRole.arn, 'role'),
    scannerRole: site.scannerRole && found(deployed.roles, site.scannerRole.arn, 'role'),
    plans: deployed.plans.filter(
      ({ stack, accountId, region }) =>
        stack === site.stackName && accountId === site.accountId && region === site.region,
    ),
  };
}

/** What a destination has none of. */
const NO_SOURCE = { backupRole: undefined, scannerRole: undefined, plans: [] } as const;

/** The key that a stack tells of, or that a StackSet makes under the alias. */
const madeResourceKey = (site: SourceSite, alias: string, deployed: Deployed): string =>
  deployed.memberKeys.get(memberKey(site, alias)) ?? String(deployed.output(site.stackName, 'resource_key_arn'));

const airGappedView = (
  { keyAlias, sharedWith }: AirGappedVault,
  vault: DeployedVault,
  keyAt: (arn: string | undefined) => DeployedKey,
): AirGappedView => ({
  vault,
  key: keyAlias === undefined ? undefined : keyAt(vault.keyArn),
  sharedWith,
});
