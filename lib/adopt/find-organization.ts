import { changed, policyChanges } from './compare';
import { type Finder, type Sight, taken, textOf } from './existing';
import { type FoundPolicy, placeIn } from './inventory';
import { isReferenceTo, type WantedResource } from './wanted';

export const findGlobalSettings: Finder = ({ accountId, block }, { inventory }) => {
  const wanted = (block.global_settings ?? {}) as Readonly<Record<string, string>>;
  const { globalSettings } = inventory.organization;
  return taken(
    accountId,
    Object.entries(wanted).flatMap(([key, value]) => changed(key, globalSettings[key] ?? 'false', value)),
  );
};

export const findRegionSettings: Finder = (resource, { inventory }) => {
  const { block, region } = resource;
  const found = placeIn(inventory, resource);
  const flags = (what: string, is: Readonly<Record<string, boolean>>, becomes: unknown) => {
    const wanted = Object.entries((becomes ?? {}) as Readonly<Record<string, boolean>>);
    return [true, false].flatMap((isOn) => {
      const types = wanted.filter(([type, on]) => on === isOn && (is[type] ?? false) !== on).map(([type]) => type);
      return types.length === 0 ? [] : [`${what} becomes ${isOn ? 'on' : 'off'}: ${types.join(', ')}`];
    });
  };
  return taken(region, [
    ...flags('opt-in', found.optIn, block.resource_type_opt_in_preference),
    ...flags('full management', found.managementPreference, block.resource_type_management_preference),
  ]);
};

export const findDelegatedAdministrator: Finder = (resource, { inventory }) => {
  const [account, principal] = [textOf(resource, 'account_id'), textOf(resource, 'service_principal')];
  const isThere = inventory.organization.delegatedAdministrators.some(
    ({ accountId, service }) => accountId === account && service === principal,
  );
  return isThere ? taken(`${account}/${principal}`) : undefined;
};

export const findPolicy: Finder = (resource, sight) => {
  const policy = policyNamed(resource, sight);
  return policy && taken(policy.id, policyChanges('policy', policy.content, resource.block.content));
};

export const findPolicyAttachment: Finder = (resource, sight) => {
  const wanted = sight.wanted.find(
    (one) => one.type === 'aws_organizations_policy' && isReferenceTo(resource.block.policy_id, one),
  );
  const policy = wanted && policyNamed(wanted, sight);
  const target = textOf(resource, 'target_id');
  return policy?.targetIds.includes(target) ? taken(`${target}:${policy.id}`) : undefined;
};

export const findResourcePolicy: Finder = ({ block }, { inventory }) => {
  const policy = inventory.organization.resourcePolicy;
  return policy && taken(policy.id, policyChanges('resource policy', policy.content, block.content));
};

const policyNamed = (resource: WantedResource, { inventory }: Sight): FoundPolicy | undefined =>
  inventory.organization.policies.find(
    ({ name, type }) => name === textOf(resource, 'name') && type === textOf(resource, 'type'),
  );
