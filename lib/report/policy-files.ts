import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deployRolePolicy } from '../policies/deploy-role';
import { deployersOf } from '../policies/deployers';
import { pipelineRolePolicy, stateRolePolicy } from '../policies/pipeline-role';
import { policyDocument } from '../policies/policy-document';
import { destinationKeyPolicy, sourceKeyPolicy, sourceResourceKeySharing } from '../policies/site-policies';
import { memberGrants, vaultAccess } from '../policies/vault-access';
import { sortedUnique } from '../topology/collections';
import { memberAccess } from '../topology/resolve-destination';
import type { Site, SourceSite, Topology } from '../topology/topology';

const DEPLOY_FOLDER = 'deploy-policies';

/** A policy for what no stack makes: somebody else's key or vault, or the identities of a deploy. */
export interface PolicyFile {
  /** Below the output folder. */
  readonly path: string;
  readonly content: string;
}

/** The folders of such files; nothing else is in them. */
export const POLICY_FOLDERS = ['key-policies', 'policies', DEPLOY_FOLDER] as const;

/** Everything that keys, vaults and identities which the stacks do not manage must allow. */
export function policyFiles(topology: Topology): PolicyFile[] {
  const { id } = topology.organization;
  const existingVaultKeys = [
    ...topology.destinations.map((site) => ({ site, policy: destinationKeyPolicy(site, id) })),
    ...topology.sources.map((site) => ({ site, policy: sourceKeyPolicy(site, id) })),
  ].filter(({ site }) => 'existingKeyArn' in site.vault.key);
  const { organizationPolicies } = topology;
  const resourceKeys = [...topology.sources, ...(organizationPolicies ? [organizationPolicies.baseline.member] : [])]
    .map((site) => ({ site, statements: sourceResourceKeySharing(site) }))
    .filter(({ statements }) => statements.length > 0);
  return [
    ...existingVaultKeys.map(({ site, policy }) => file(vaultKeyFile(site), policy)),
    ...resourceKeys.flatMap(({ site, statements }) =>
      resourceKeyFiles(site).map(({ path }) => file(path, policyDocument(statements))),
    ),
    ...outsideVaultPolicies(topology),
    ...deployPolicies(topology),
  ];
}

/** What the identities of a deploy need, which `npm run bootstrap` or an operator makes. */
function deployPolicies(topology: Topology): PolicyFile[] {
  const stateRole = stateRolePolicy(topology);
  return [
    // Of the role on duty as well: who mends by hand what a pipeline deploys needs the same.
    file(`${DEPLOY_FOLDER}/pipeline-role.json`, pipelineRolePolicy(topology)),
    ...(stateRole ? [file(`${DEPLOY_FOLDER}/state-role.json`, stateRole)] : []),
    ...deployersOf(topology).roles.map((role) =>
      file(`${DEPLOY_FOLDER}/${role.accountId}-${role.arn.split('/').at(-1)}.json`, deployRolePolicy(role)),
    ),
  ];
}

/** Where the policy of a vault's key is told, when the key exists already. */
export const vaultKeyFile = ({ stackName }: Site): string => `key-policies/${stackName}-vault-key.json`;

/** Where the statements for resource keys are told: one file a key that the config names, one for all where it names none. */
export const resourceKeyFiles = (site: SourceSite): { readonly keyArn: string | undefined; readonly path: string }[] =>
  site.existingResourceKeyArns.length === 0
    ? [{ keyArn: undefined, path: `key-policies/${site.stackName}-resource-keys.json` }]
    : site.existingResourceKeyArns.map((keyArn) => ({
        keyArn,
        path: `key-policies/${site.stackName}-resource-key-${keyArn.split('/').at(-1)}.json`,
      }));

/** Where the policy of a vault is told that the config does not make. */
export function outsideVaultFile(vaultArn: string): string {
  const [region, accountId, , vaultName] = vaultArn.split(':').slice(3);
  return `policies/vault-${accountId}-${region}-${vaultName}.json`;
}

/** One file a vault, for all the sources and rollouts that copy there. */
function outsideVaultPolicies({ organization, sources, management, organizationPolicies }: Topology): PolicyFile[] {
  const rollouts = organizationPolicies?.rollouts ?? [];
  const members = rollouts.flatMap((rollout) => rollout.members);
  const vaults = sortedUnique([...sources, ...members].flatMap(outsideVaultArns));
  const place = { partition: management.partition, organizationId: organization.id };
  return vaults.map((arn) => {
    const sites = sources.filter((site) => outsideVaultArns(site).includes(arn));
    const access = { by: 'accounts' as const, accountIds: sortedUnique(sites.map(({ accountId }) => accountId)) };
    const roleNames = sortedUnique(sites.map(({ backupRole }) => backupRole.name));
    return file(
      outsideVaultFile(arn),
      policyDocument([
        ...(sites.length === 0 ? [] : vaultAccess({ ...place, access, roleNames })),
        ...memberGrants(place, memberAccess(arn, rollouts)).flatMap(({ who, grant }) => vaultAccess(grant, who)),
      ]),
    );
  });
}

const outsideVaultArns = ({ plans }: SourceSite): string[] =>
  plans.flatMap(({ rules }) =>
    rules.flatMap(({ copies }) => copies.flatMap((copy) => ('outsideVaultArn' in copy ? [copy.outsideVaultArn] : []))),
  );

const file = (path: string, document: object): PolicyFile => ({
  path,
  content: `${JSON.stringify(document, null, 2)}\n`,
});

/** Writes the files into a folder that has none yet. */
export function writePolicyFiles(outdir: string, files: readonly PolicyFile[]): void {
  for (const { path, content } of files) {
    const target = join(outdir, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}
