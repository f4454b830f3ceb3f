import { brokenPlanRules } from './restated-plans';
import {
  accountOf,
  type Block,
  blocksOf,
  numberOf,
  regionOf,
  resourcesOfType,
  type Stacks,
  textOf,
} from './stack-json';
import type { StackJson } from './synthesize';

const unless = (holds: boolean, rule: string): string[] => (holds ? [] : [rule]);

/** Every documented rule that what would be deployed breaks; none for a config that was rightly accepted. */
export const brokenRules = (stacks: Stacks): string[] => [
  ...Object.entries(stacks).flatMap(([name, stack]) =>
    [
      ...inVault(stack),
      ...inLock(stack),
      ...inVaultPolicies(stack),
      ...inRoles(stack),
      ...inProviders(stack),
      ...brokenPlanRules(stacks, stack),
      ...strayExpressions(stack),
    ].map((broken) => `${name}: ${broken}`),
  ),
  ...inGlobalSettings(stacks),
  ...sharedNames(stacks),
];

function inVault(stack: StackJson): string[] {
  return resourcesOfType(stack, 'aws_backup_vault').flatMap((vault) => {
    const key = textOf(vault, 'kms_key_arn');
    const given = /^arn:[\w-]+:kms:([a-z0-9-]+):(\d{12}):key\/(mrk-[0-9a-f]{32}|[0-9a-f-]{36})$/.exec(key);
    const isHere = given?.[1] === regionOf(stack) && given[2] === accountOf(stack);
    return [
      ...unless(/^[a-zA-Z0-9\-_]{2,50}$/.test(textOf(vault, 'name')), 'name of vault'),
      ...unless(textOf(vault, 'name').toLowerCase() !== 'default', 'the Default vault'),
      ...unless(isHere || /^\$\{aws_kms_key\.\w+\.arn\}$/.test(key), `key ${key}`),
    ];
  });
}

function inLock(stack: StackJson): string[] {
  return resourcesOfType(stack, 'aws_backup_vault_lock_configuration').flatMap((lock) => {
    const [min, max] = [numberOf(lock, 'min_retention_days'), numberOf(lock, 'max_retention_days')];
    const days = numberOf(lock, 'changeable_for_days');
    return [
      ...unless(1 <= min && min <= max && max <= 36_500, `lock of ${min} to ${max}`),
      ...unless(lock.changeable_for_days === undefined || (3 <= days && days <= 36_500), `changeable for ${days}`),
    ];
  });
}

function inVaultPolicies(stack: StackJson): string[] {
  return resourcesOfType(stack, 'aws_backup_vault_policy').flatMap((policy) => {
    const { Statement } = JSON.parse(textOf(policy, 'policy')) as { Statement: Block[] };
    const allows = Statement.filter(({ Effect }) => Effect === 'Allow');
    return allows.flatMap(({ Action, Condition }) => [
      ...unless(Action === 'backup:CopyIntoBackupVault', `vault policy of ${Action}`),
      ...unless(JSON.stringify(Condition).includes('"aws:PrincipalOrgID"'), 'vault policy beyond the organization'),
    ]);
  });
}

/** Each resource says by which of the stack's providers, that is in which account and Region, it is made. */
function inProviders({ provider, resource }: StackJson): string[] {
  const aliases = new Set(
    provider.aws.map(({ alias, allowed_account_ids: ids, region }) => {
      const isPinned = Array.isArray(ids) && ids.length === 1 && typeof region === 'string';
      return isPinned ? `aws.${alias}` : '';
    }),
  );
  // Terraform's own resource is made in no account.
  const { terraform_data: _own, ...made } = resource;
  return Object.entries(made).flatMap(([type, named]) =>
    Object.values(named).flatMap((block) => unless(aliases.has(textOf(block, 'provider')), `${type} of no provider`)),
  );
}

function inRoles(stack: StackJson): string[] {
  return resourcesOfType(stack, 'aws_iam_role').flatMap((role) =>
    unless(/^[\w+=,.@-]{1,64}$/.test(textOf(role, 'name')), `role ${textOf(role, 'name')}`),
  );
}

const SETTINGS = ['isCrossAccountBackupEnabled', 'isDelegatedAdministratorEnabled', 'isMpaEnabled'];

/** Once in the organization, with all three keys, each of them a word. */
function inGlobalSettings(stacks: Stacks): string[] {
  const all = Object.entries(stacks).flatMap(([name, stack]) =>
    resourcesOfType(stack, 'aws_backup_global_settings').map((settings) => ({ name, settings })),
  );
  const [values = {}] = blocksOf(all[0]?.settings, 'global_settings');
  return [
    ...unless(all.length === 1 && all[0]?.name === 'management', 'global settings once'),
    ...unless(JSON.stringify(Object.keys(values).sort()) === JSON.stringify(SETTINGS), 'three global settings'),
    ...unless(
      Object.values(values).every((value) => value === 'true' || value === 'false'),
      'global settings in words',
    ),
  ];
}

/** Names of one account, or of one account and Region, that two things would have. */
function sharedNames(stacks: Stacks): string[] {
  const names = Object.values(stacks).flatMap((stack) => {
    const here = `${accountOf(stack)} ${regionOf(stack)}`;
    const of = (type: string, room: string) =>
      resourcesOfType(stack, type).map(({ name }) => `${type} ${room} ${name}`);
    return [
      ...of('aws_iam_role', accountOf(stack)).map((name) => name.toLowerCase()),
      ...of('aws_backup_vault', here),
      ...of('aws_backup_plan', here),
      ...of('aws_kms_alias', here),
    ];
  });
  return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `two of ${name}`);
}

/** What Terraform would evaluate though it names nothing that is there: text of the operator's, then. */
function strayExpressions(stack: StackJson): string[] {
  const texts: string[] = [];
  JSON.stringify(stack, (key, value) => {
    texts.push(key, ...(typeof value === 'string' ? [value] : []));
    return value;
  });
  return texts.flatMap((text) => [
    ...[...text.matchAll(/\$\{([^}]*)\}?/g)].flatMap(([whole, inner = '']) =>
      unless(isReference(stack, inner), `expression ${whole}`),
    ),
    ...unless(!/%\{|\$\$\{/.test(text), `expression in ${text}`),
  ]);
}

function isReference({ data, resource }: StackJson, inner: string): boolean {
  if (inner === 'terraform.workspace') return true;
  if (inner.includes('cross-stack')) return false;
  if (inner === 'contains(self.enabled_policy_types, "SERVICE_CONTROL_POLICY")') return true;
  if (/^self\.(id|roots\[0\]\.id) == "[or]-[a-z0-9]+"$/.test(inner)) return true;
  const [, kind, type = '', name = ''] = /^(data\.)?(\w+)\.([\w-]+)\.[\w.[\]]+$/.exec(inner) ?? [];
  return (kind ? data : resource)?.[type]?.[name] !== undefined;
}
