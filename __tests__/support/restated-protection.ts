import type { Config } from '../../lib/config/config';
import {
  accountOf,
  type Block,
  blocksOf,
  producerOf,
  regionOf,
  resourcesOfType,
  type Stacks,
  textOf,
} from './stack-json';
import type { StackJson } from './synthesize';

const unless = (holds: boolean, rule: string): string[] => (holds ? [] : [rule]);
const areSame = (some: readonly string[], others: readonly string[]) =>
  JSON.stringify([...some].sort()) === JSON.stringify([...new Set(others)].sort());

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const statementsOf = (document: unknown): Statement[] => JSON.parse(String(document)).Statement;
const denied = (document: unknown, sid: string) =>
  statementsOf(document).find(({ Sid, Effect }) => Sid === sid && Effect === 'Deny');
const exemptOf = (statement: Statement | undefined) => statement?.Condition?.ArnNotLike?.['aws:PrincipalArn'] ?? [];

/** What the config promises of protection, once more and from what would be deployed. */
export const brokenProtection = (stacks: Stacks, config: Config): string[] => [
  ...Object.entries(stacks).flatMap(([name, stack]) =>
    [
      ...untagged(stack),
      ...destructible(name, stack, config),
      ...openVaults(stacks, stack, config),
      ...openKeys(stack, config),
      ...unless(name === 'management' || guardsOf(stack) === 0, 'guardrails of another stack'),
    ].map((broken) => `${name}: ${broken}`),
  ),
  ...brokenGuardrails(stacks, config),
];

const guardsOf = (stack: StackJson) =>
  ['aws_organizations_policy', 'aws_organizations_policy_attachment'].flatMap((type) => resourcesOfType(stack, type))
    .length;

const untagged = (stack: StackJson): string[] =>
  ['aws_backup_vault', 'aws_kms_key', 'aws_backup_plan'].flatMap((type) =>
    resourcesOfType(stack, type).flatMap(({ tags }) =>
      unless((tags as Block | undefined)?.['cross-account-backup'] === 'protected', `${type} without the tag`),
    ),
  );

/** Terraform refuses to destroy vaults and keys, and only those, in every Region that does not let it. */
function destructible(name: string, { resource }: StackJson, { destinations, sources }: Config): string[] {
  const wanted = new Map<string, boolean>([
    ...Object.entries(destinations).flatMap(([account, { regions }]) =>
      Object.entries(regions).map(
        ([region, site]) => [`destination-${account}-${region}`, site.preventDestroy] as const,
      ),
    ),
    ...Object.entries(sources).flatMap(([account, { regions }]) =>
      Object.entries(regions).map(([region, site]) => [`source-${account}-${region}`, site.preventDestroy] as const),
    ),
  ]);
  return Object.entries(resource).flatMap(([type, named]) => {
    const isKept = /^aws_(kms_key|backup_vault|backup_logically_air_gapped_vault)$/.test(type) && wanted.get(name);
    return Object.values(named).flatMap(({ lifecycle }) =>
      unless(((lifecycle as Block | undefined)?.prevent_destroy ?? false) === isKept, `${type} to be destroyed`),
    );
  });
}

const partitionOf = ({ management: { region } }: Config) =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

const roleOf = (config: Config, accountId: string, name: string) =>
  `arn:${partitionOf(config)}:iam::${accountId}:role/${name}`;

/** Every role that may change what is made in an account: nobody else may, and the account's own AWS Backup. */
function exemptIn(config: Config, accountId: string): string[] {
  const isIn = (account: { accountId: string }) => account.accountId === accountId;
  const destination = Object.values(config.destinations).find(isIn);
  const account = destination ?? Object.values(config.sources).find(isIn);
  const isManagement = accountId === config.management.accountId;
  const usual = isManagement ? (config.management.deployRole ?? null) : config.deployRole;
  const deployRole = account?.deployRole === undefined ? usual : account.deployRole;
  return [
    ...(deployRole === null ? [] : [roleOf(config, accountId, deployRole)]),
    ...(account?.administrators ?? []),
    ...config.breakGlassRoles.filter((arn) => arn.includes(`::${accountId}:`)),
    roleOf(config, accountId, 'stacksets-exec-*'),
  ];
}

function openVaults(stacks: Stacks, stack: StackJson, config: Config): string[] {
  const vaults = Object.keys(stack.resource.aws_backup_vault ?? {}).map((id) => `\${aws_backup_vault.${id}.name}`);
  const policies = resourcesOfType(stack, 'aws_backup_vault_policy');
  const slr = roleOf(config, accountOf(stack), 'aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup');
  const expected = [...exemptIn(config, accountOf(stack)), slr];
  return [
    ...unless(
      areSame(
        policies.map((policy) => textOf(policy, 'backup_vault_name')),
        vaults,
      ) && policies.length === vaults.length,
      'a policy for each vault',
    ),
    ...policies.flatMap(({ policy }) => [
      ...unless(areSame(exemptOf(denied(policy, 'DenyTampering')), expected), 'vault open to others'),
      ...unless(leavesOnlyFor(policy, targetsOf(stacks, stack, config)), 'recovery points leave for elsewhere'),
    ]),
  ];
}

function leavesOnlyFor(policy: unknown, targets: readonly string[]): boolean {
  const deny = denied(policy, 'DenyCopyingElsewhere');
  if (targets.length === 0) return deny !== undefined && deny.Condition === undefined;
  return areSame(deny?.Condition?.['ForAllValues:ArnNotLike']?.['backup:CopyTargets'] ?? [], targets);
}

/** The vaults that a source's plans copy to, or that a destination's copies go back to. */
function targetsOf(stacks: Stacks, stack: StackJson, config: Config): string[] {
  const copied = copiesOf(stack).map((target) => {
    const producer = producerOf(stacks, stack, target);
    return producer ? vaultArnOf(producer, config) : target;
  });
  const takingBack = Object.values(stacks).filter(
    (source) =>
      Object.values(config.sources).some(({ accountId, copyBack }) => copyBack && accountId === accountOf(source)) &&
      copiesOf(source).some((target) => producerOf(stacks, source, target) === stack),
  );
  return [...copied, ...takingBack.map((source) => vaultArnOf(source, config))];
}

const copiesOf = (stack: StackJson): string[] =>
  resourcesOfType(stack, 'aws_backup_plan')
    .flatMap((plan) => blocksOf(plan, 'rule'))
    .flatMap((rule) => blocksOf(rule, 'copy_action').map((copy) => textOf(copy, 'destination_vault_arn')));

const vaultArnOf = (stack: StackJson, config: Config) => {
  const [vault] = resourcesOfType(stack, 'aws_backup_vault');
  return `arn:${partitionOf(config)}:backup:${regionOf(stack)}:${accountOf(stack)}:backup-vault:${textOf(vault, 'name')}`;
};

const openKeys = (stack: StackJson, config: Config): string[] =>
  resourcesOfType(stack, 'aws_kms_key').flatMap(({ policy }) => [
    ...unless(
      areSame(exemptOf(denied(policy, 'DenyTampering')), exemptIn(config, accountOf(stack))),
      'key open to others',
    ),
    ...unless(denied(policy, 'DenyGrantsByUsers') !== undefined, 'grants by users'),
  ]);

/** Service control policies bind every account of the file but the management account, and bind them all. */
function brokenGuardrails(stacks: Stacks, config: Config): string[] {
  const { management } = stacks;
  if (!management) return ['no management stack'];
  const members = Object.values(stacks).filter((stack) => stack !== management && !isOfManagement(stack, config));
  const accounts = [...new Set(members.map(accountOf))];
  const { enabled, attachTo } = config.guardrails;
  if (!enabled || accounts.length === 0) return unless(guardsOf(management) === 0, 'unwanted guardrails');
  const policies = Object.entries(management.resource.aws_organizations_policy ?? {});
  const targets = attachTo === 'accounts' ? accounts : [...new Set(attachTo)];
  const wanted = policies.flatMap(([id]) => targets.map((target) => `\${aws_organizations_policy.${id}.id} ${target}`));
  const attached = resourcesOfType(management, 'aws_organizations_policy_attachment').map(
    (attachment) => `${textOf(attachment, 'policy_id')} ${textOf(attachment, 'target_id')}`,
  );
  const contents = policies.map(([, policy]) => textOf(policy, 'content'));
  const denies = contents.flatMap(statementsOf);
  return [
    ...unless(areSame(attached, wanted), `guardrails on ${attached.join()} instead of ${wanted.join()}`),
    ...unless(policies.length <= 9 && contents.every(({ length }) => length <= 10_240), 'guardrails too long'),
    ...unless(denies.length > 0 && denies.every(({ Effect }) => Effect === 'Deny'), 'guardrails that allow'),
    ...brokenExemptions(config, accounts, exemptOf(denies.find(({ Sid }) => Sid === 'DenyTamperingWithVaults'))),
    ...unguardedVaults(members, denies),
  ];
}

const isOfManagement = (stack: StackJson, config: Config) => accountOf(stack) === config.management.accountId;

/** Each account's roles are named, by themselves or for all accounts; a name for all is of a role that all have. */
function brokenExemptions(config: Config, accounts: readonly string[], exempt: readonly string[]): string[] {
  const ofAccounts = accounts.map((accountId) => exemptIn(config, accountId));
  const named = ofAccounts.flat().filter((arn) => !exempt.includes(arn) && !exempt.includes(inAll(arn)));
  const open = exempt.filter((arn) =>
    arn.includes('::*:')
      ? !ofAccounts.every((arns) => arns.some((own) => inAll(own) === arn))
      : !ofAccounts.flat().includes(arn),
  );
  return [...named.map((arn) => `${arn} is bound`), ...open.map((arn) => `${arn} is free`)];
}

const inAll = (arn: string) => arn.replace(/::\d{12}:/, '::*:');

const unguardedVaults = (members: readonly StackJson[], denies: readonly Statement[]): string[] => {
  const guarded = denies.find(({ Sid }) => Sid === 'DenyTamperingWithVaults')?.Resource ?? [];
  return members
    .flatMap((stack) => resourcesOfType(stack, 'aws_backup_vault'))
    .filter((vault) => ![guarded].flat().some((arn) => arn.endsWith(`:backup-vault:${textOf(vault, 'name')}`)))
    .map((vault) => `vault ${textOf(vault, 'name')} without guardrails`);
};
