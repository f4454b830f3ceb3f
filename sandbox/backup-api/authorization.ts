import { backupArn } from './arns';
import { accessDenied } from './errors';
import type { Call } from './operations';
import type { Vault } from './place';

type Loose = Readonly<Record<string, unknown>>;

/** Asks whether the caller may; a vault of the request has a say by its policy. */
export async function authorizeOperation(name: string, input: Loose, call: Call): Promise<void> {
  const vault = call.place.vaults.get(
    String(input.BackupVaultName ?? input.SourceBackupVaultName ?? '')
      .split(':')
      .at(-1) ?? '',
  );
  const arn = resourceOf(name, input, call, vault);
  await authorize(call, `backup:${name}`, arn, vault, contextOf(name, input, call, arn));
  const role = roleIn(input);
  if (role !== undefined) {
    await authorize(call, 'iam:PassRole', role, undefined, { 'iam:PassedToService': SERVICE });
  }
  if (name === 'StartCopyJob') {
    const targets = [String(input.DestinationBackupVaultArn)];
    const from = String(input.RecoveryPointArn);
    await authorize(call, 'backup:CopyFromBackupVault', from, vault, { 'backup:CopyTargets': targets });
  }
}

const SERVICE = 'backup.amazonaws.com';

async function authorize(call: Call, action: string, arn: string, vault: Vault | undefined, context: Context) {
  const { caller, accountId, region } = call;
  const resource = { arn, accountId };
  const resourcePolicy = vault?.policy;
  const reason = await call.world.seams.authorize({ caller, action, resource, resourcePolicy, region, context });
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
    return value === undefined ? undefined : backupArn(call, `${type}:${value}`);
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
    '*'
  );
}

type Context = Readonly<Record<string, string | readonly string[]>>;

/** The condition keys of AWS Backup and those of tags. */
function contextOf(name: string, input: Loose, { place, region }: Call, arn: string): Context {
  const requested = (input.BackupVaultTags ?? input.BackupPlanTags ?? input.Tags ?? {}) as Record<string, string>;
  const isLock = name === 'PutBackupVaultLockConfiguration' || name === 'CreateLogicallyAirGappedBackupVault';
  const days = isLock ? ['ChangeableForDays', 'MinRetentionDays', 'MaxRetentionDays'] : [];
  return {
    'aws:RequestedRegion': region,
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
