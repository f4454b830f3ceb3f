import { changed, policyChanges, sameRoleName, tagChanges } from './compare';
import { type Finder, keyFor, refused, type Sight, taken, textOf } from './existing';
import { type FoundRole, keyOfAlias, placeIn } from './inventory';
import type { WantedResource } from './wanted';

export const findRole: Finder = (resource, sight) => {
  const name = textOf(resource, 'name');
  const role = roleNamed(resource, name, sight);
  if (!role) return undefined;
  const path = textOf(resource, 'path') || '/';
  if (role.path !== path)
    return refused(
      `role ${role.name} has the path ${role.path}, which no role can change: let this one have another name`,
    );
  if (role.name !== name) return refused(`role ${role.name} is written otherwise: write it like that`);
  return taken(name, [
    ...policyChanges('trust', role.trust, resource.block.assume_role_policy),
    ...changed('description', role.description, textOf(resource, 'description')),
  ]);
};

export const findRolePolicy: Finder = (resource, sight) => {
  const [role, name] = [textOf(resource, 'role'), textOf(resource, 'name')];
  const policy = roleNamed(resource, role, sight)?.inline[name];
  if (policy === undefined) return undefined;
  return taken(`${role}:${name}`, policyChanges(`policy ${name}`, policy, resource.block.policy));
};

export const findAttachment: Finder = (resource, sight) => {
  const [role, arn] = [textOf(resource, 'role'), textOf(resource, 'policy_arn')];
  return roleNamed(resource, role, sight)?.attached.includes(arn) ? taken(`${role}/${arn}`) : undefined;
};

export const findKey: Finder = (resource, sight) => {
  const key = keyFor(resource, sight);
  if (!key) return undefined;
  if (key.isOfAws) return refused(`key ${key.arn} is AWS's own`);
  return taken(key.id, [
    ...(key.policy === undefined
      ? ['key policy: nobody may look at it']
      : policyChanges('key policy', key.policy, resource.block.policy)),
    ...changed('description', key.description, textOf(resource, 'description')),
    ...tagChanges(key.tags, resource.tags),
  ]);
};

export const findAlias: Finder = (resource, { inventory }) => {
  const name = textOf(resource, 'name');
  return keyOfAlias(placeIn(inventory, resource), name) && taken(name);
};

const roleNamed = ({ accountId }: WantedResource, name: string, { inventory }: Sight): FoundRole | undefined =>
  inventory.roles[accountId]?.find((role) => sameRoleName(role.name, name));
