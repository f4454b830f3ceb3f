import type { Imports } from '../config/imports-file';
import { grouped } from '../topology/collections';
import type { Existing, Finder, Sight } from './existing';
import { findAlias, findAttachment, findKey, findRole, findRolePolicy } from './find-identities';
import {
  findDelegatedAdministrator,
  findGlobalSettings,
  findPolicy,
  findPolicyAttachment,
  findRegionSettings,
  findResourcePolicy,
} from './find-organization';
import { findPlan, findSelection, furtherSelections } from './find-plans';
import { findAirGappedVault, findLock, findVault, findVaultPolicy } from './find-vaults';
import { type AdoptedType, ALWAYS_THERE, type WantedResource } from './wanted';

const FINDERS: Readonly<Record<AdoptedType, Finder>> = {
  aws_backup_global_settings: findGlobalSettings,
  aws_backup_logically_air_gapped_vault: findAirGappedVault,
  aws_backup_plan: findPlan,
  aws_backup_region_settings: findRegionSettings,
  aws_backup_selection: findSelection,
  aws_backup_vault: findVault,
  aws_backup_vault_lock_configuration: findLock,
  aws_backup_vault_policy: findVaultPolicy,
  aws_iam_role: findRole,
  aws_iam_role_policy: findRolePolicy,
  aws_iam_role_policy_attachment: findAttachment,
  aws_kms_alias: findAlias,
  aws_kms_key: findKey,
  aws_organizations_delegated_administrator: findDelegatedAdministrator,
  aws_organizations_policy: findPolicy,
  aws_organizations_policy_attachment: findPolicyAttachment,
  aws_organizations_resource_policy: findResourcePolicy,
};

/** One resource of the stacks that exists already. */
export interface Adopted extends Existing {
  readonly stack: string;
  readonly type: string;
  readonly path: string;
}

/** What the first apply finds there. */
export interface TakeOver {
  readonly adopted: readonly Adopted[];
  /** How many resources it makes. */
  readonly made: number;
  /** What is there besides, and does its work beside what the stacks make. */
  readonly left: readonly { readonly stack: string; readonly text: string }[];
}

/** Compares what the stacks would make with what exists. */
export function takeOver(sight: Sight): TakeOver {
  const found = sight.wanted.flatMap((resource) => {
    const existing = finderOf(resource)(resource, sight);
    return existing ? [{ resource, existing }] : [];
  });
  const refused = new Set(
    found.flatMap(({ resource, existing }) =>
      existing.refusal !== undefined && 'name' in resource.block ? [`${resource.stack} ${resource.block.name}`] : [],
    ),
  );
  const adopted = found
    .filter(({ resource }) => !OWNERS.some((argument) => refused.has(`${resource.stack} ${resource.block[argument]}`)))
    .map(({ resource: { stack, type, path }, existing }) => ({ stack, type, path, ...existing }))
    .sort((a, b) => (`${a.stack} ${a.path}` < `${b.stack} ${b.path}` ? -1 : 1));
  return { adopted, made: sight.wanted.length - adopted.length, left: furtherSelections(sight) };
}

/** Arguments that name what a resource is a part of: parts of what is refused are left too. */
const OWNERS = ['backup_vault_name', 'role'];

const finderOf = ({ type }: WantedResource): Finder => FINDERS[type as AdoptedType];

/** Whether nothing exists but settings, which AWS always has. */
export const isNothing = ({ adopted }: TakeOver): boolean => adopted.every(({ type }) => ALWAYS_THERE.includes(type));

/** The imports file of it. */
export const importsOf = ({ adopted }: TakeOver): Imports => {
  const imported = adopted.filter(({ importId }) => importId !== undefined);
  return Object.fromEntries(
    [...grouped(imported, ({ stack }) => stack)].map(([stack, resources]) => [
      stack,
      Object.fromEntries(resources.map(({ path, importId }) => [path, importId ?? ''])),
    ]),
  );
};
