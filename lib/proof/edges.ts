import { parseArn } from '../aws/arn';
import { outsideVaultFile } from '../report/policy-files';
import type { CopyBack, SourceSite } from '../topology/topology';
import type { DeployedKey, DeployedRole, DeployedVault } from './deployed';
import { policyAt } from './placed';
import { ProofError } from './proof-error';
import type { SiteView } from './site-view';
import type { Synthesized } from './synthesized';

/** One way that recovery points take: from a vault, by a role, into a vault of another account or Region. */
export interface Edge {
  readonly label: string;
  readonly from: SiteView;
  /** The role that copies. */
  readonly copier: DeployedRole;
  readonly to: DeployedVault;
  /** The key of the vault it goes to; undefined when it is AWS's own, or the vault is not of this config. */
  readonly toKey: DeployedKey | undefined;
  /** Whether that vault is air-gapped, whose key the copying role uses and not the receiving account. */
  readonly isAirGapped: boolean;
  /** Keys of resources that the receiving account has to read. */
  readonly readKeys: readonly DeployedKey[];
  readonly keyPolicy: 'strict' | 'compat';
  /** Whether the stacks hold what sends the copies on their way. */
  readonly isPlanned: boolean;
}

/** Every copy that the plans make and every copy back that the config allows. */
export function edgesOf(sources: readonly SiteView[], destinations: readonly SiteView[], written: Synthesized): Edge[] {
  return [...sources.flatMap((from) => outward(from, destinations, written)), ...copyBacks(sources, destinations)];
}

function outward(from: SiteView, destinations: readonly SiteView[], written: Synthesized): Edge[] {
  const { copyTargets, keyPolicy, stackName } = from.site as SourceSite;
  const { backupRole } = from;
  if (!backupRole) return [];
  const planned = new Set(from.plans.flatMap((plan) => plan.copyTargets));
  const strangers = [...planned].filter((arn) => !copyTargets.includes(arn));
  if (strangers.length > 0)
    throw new ProofError(`stack ${stackName} copies to ${strangers.join(', ')}, as no plan says`);
  const otherRoles = from.plans.flatMap(({ selections }) =>
    selections.map(({ iam_role_arn }) => iam_role_arn).filter((arn) => arn !== backupRole.arn),
  );
  if (otherRoles.length > 0)
    throw new ProofError(`stack ${stackName} backs up as ${otherRoles.join(', ')}, not ${backupRole.arn}`);
  return copyTargets.map((arn) => {
    // What AWS Backup does not put into a source's own air-gapped vault at once, it copies there.
    const destination = [from, ...destinations].find(({ vaults }) => vaults.some((vault) => vault.arn === arn));
    const airGapped = destination?.airGapped?.vault.arn === arn ? destination.airGapped : undefined;
    const to = airGapped?.vault ?? destination?.vault ?? outsideVault(arn, written);
    return {
      label: `${from.label} to ${destination?.label ?? arn}${airGapped ? '/air-gapped' : ''}`,
      from,
      copier: backupRole,
      to,
      toKey: airGapped ? airGapped.key : destination?.vaultKey,
      isAirGapped: airGapped !== undefined,
      // Inside one account a key needs to be shared with nobody.
      readKeys: to.accountId === from.site.accountId ? [] : from.resourceKeys,
      keyPolicy,
      isPlanned: planned.has(arn),
    };
  });
}

function outsideVault(arn: string, written: Synthesized): DeployedVault {
  const { accountId = '', region = '' } = parseArn(arn) ?? {};
  const path = outsideVaultFile(arn);
  return {
    arn,
    accountId,
    region,
    policy: policyAt(path, written.policyFile(path)),
    tags: {},
    keyArn: undefined,
    lock: undefined,
  };
}

const copyBacks = (sources: readonly SiteView[], destinations: readonly SiteView[]): Edge[] =>
  destinations.flatMap((from) => {
    const back = (from.site as { readonly copyBacks?: readonly CopyBack[] }).copyBacks ?? [];
    const keyPolicy = back.some((one) => one.keyPolicy === 'compat') ? 'compat' : 'strict';
    return back.flatMap(({ vaultArn }) => {
      const source = sources.find(({ vault }) => vault.arn === vaultArn);
      if (!source) return [];
      return [
        {
          label: `${from.label} back to ${source.label}`,
          from,
          copier: from.restoreRole,
          to: source.vault,
          toKey: source.vaultKey,
          isAirGapped: false,
          // What a copy's key encrypts is everything in the vault it was copied to.
          readKeys: [from.vaultKey],
          keyPolicy,
          isPlanned: true,
        } as const,
      ];
    });
  });
