import { backupArn, parseVaultArn } from './arns';
import { accessDenied } from './errors';
import type { Call } from './operations';
import type { Vault } from './place';

type Loose = Readonly<Record<string, unknown>>;

/** Asks whether the caller may; a vault of the request has a say by its policy. */
export async function authorizeOperation(name: string, input: Loose, call: Call): Promise<void> {
  const vault = vaultIn(call, String(input.BackupVaultName ?? input.SourceBackupVaultName ?? ''));
  const arn = resourceOf(name, input, call, vault);
  await authorize(call, `backup:${name}`, arn, vault, contextOf(name, input, call, arn));
  const role = roleIn(input);
  if (role !== undefined) {
    await authorize(call, 'iam:PassRole', role, undefined, { 'iam:PassedToService': SERVICE });
  }
  if (name === 'StartCopyJob') {
    const target = String(input.DestinationBackupVaultArn);
    const { organization } = call.world.seams;
    const account = parseVaultArn(target)?.accountId ?? '';
    const paths = organization?.isMember(account) ? [organization.pathOf(account)] : [];
    await authorize(call, 'backup:CopyFromBackupVault', String(input.RecoveryPointArn), vault, {
      'backup:CopyTargets': [target],
      ...(paths.length > 0 ? { 'backup:CopyTargetOrgPaths': paths } : {}),
    });
  }
}

/** The vault of the caller's own that a request names; one elsewhere has no say. */
function vaultIn({ place, accountId, region }: Call, nameOrArn: string): Vault | undefined {
  const parts = parseVaultArn(nameOrArn);
  const isElsewhere = parts && (parts.accountId !== accountId || parts.region !== region);
  return isElsewhere ? undefined : place.vaults.get(parts?.name ?? nameOrArn);
}

const SERVICE = 'backup.amazonaws.com';

async function authorize(call: Call, action: string, arn: string, vault: Vault | undefined, own: Context) {
  const { caller, accountId, region } = call;
  const owner = /^(?:[^:]*:){4}(\d{12}):/.exec(arn)?.[1] ?? accountId;
  const { organization, authorize: ask } = call.world.seams;
  const ofOrganization: Context = organization?.isMember(accountId)
    ? { 'aws:PrincipalOrgID': organization.id, 'aws:PrincipalOrgPaths': [organization.pathOf(accountId)] }
    : {};
  const context = { 'aws:RequestedRegion': region, ...ofOrganization, ...own };
  const resource = { arn, accountId: owner };
  const reason = await ask({ caller, action, resource, resourcePolicy: vault?.policy, region, context });
  if (reason !== undefined) throw accessDenied(caller.arn, action, arn, reason);
}

/**
 * The resource that IAM knows an operation by; `*` where it knows none.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html
 */
function resourceOf(name: string, input: Loose, call: Call, vault: Vault | undefined): string {
  const text = (key: string) => (typeof input[key] === 'string' ? (input[key] as string) : undefined);
  const named = (key: string, type: string) => {
    const value = text(key);
    return value === undefined || value.startsWith('arn:') ? value : backupArn(call, `${type}:${value}`);
  };
  return (
    (name.startsWith('List') ? undefined : text('RecoveryPointArn')) ??
    text('ResourceArn') ??
    vault?.arn ??
    named('BackupVaultName', 'backup-vault') ??
    named('BackupPlanId', 'backup-plan') ??
    named('FrameworkName', 'framework') ??
    named('ReportPlanName', 'report-plan') ??
    named('RestoreTestingPlanName', 'restore-testing-plan') ??
    // Its id is not there yet.
    (name === 'CreateBackupPlan' ? backupArn(call, 'backup-plan:*') : '*')
  );
}

type Context = Readonly<Record<string, string | readonly string[]>>;

/** The condition keys of AWS Backup and those of tags. */
function contextOf(name: string, input: Loose, { place }: Call, arn: string): Context {
  const requested = (input.BackupVaultTags ?? input.BackupPlanTags ?? input.Tags ?? {}) as Record<string, string>;
  const isLock = name === 'PutBackupVaultLockConfiguration' || name === 'CreateLogicallyAirGappedBackupVault';
  const days = isLock ? ['ChangeableForDays', 'MinRetentionDays', 'MaxRetentionDays'] : [];
  return {
    ...prefixed('aws:RequestTag/', requested),
    ...prefixed('aws:ResourceTag/', place.tags.get(arn) ?? {}),
    ...(Object.keys(requested).length > 0 ? { 'aws:TagKeys': Object.keys(requested) } : {}),
    ...Object.fromEntries(
      days.filter((key) => input[key] !== undefined).map((key) => [`backup:${key}`, String(input[key])]),
    ),
  };
}

const prefixed = (prefix: string, tags: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, value]));

/** The role that a request hands to AWS Backup. */
function roleIn(input: Loose): string | undefined {
  const selection = (input.BackupSelection ?? input.RestoreTestingSelection ?? {}) as Loose;
  const role = input.IamRoleArn ?? selection.IamRoleArn;
  return typeof role === 'string' ? role : undefined;
}
