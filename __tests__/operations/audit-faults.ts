import {
  type BackupClient,
  type BackupPlanInput,
  CreateBackupPlanCommand,
  DeleteBackupPlanCommand,
  DeleteBackupVaultAccessPolicyCommand,
  DeleteBackupVaultLockConfigurationCommand,
  GetBackupPlanCommand,
  GetBackupVaultAccessPolicyCommand,
  ListBackupPlansCommand,
  PutBackupVaultAccessPolicyCommand,
  PutBackupVaultLockConfigurationCommand,
  UpdateBackupPlanCommand,
  UpdateRegionSettingsCommand,
} from '@aws-sdk/client-backup';
import type { Severity } from '../../lib/audit/finding';
import type { Trial } from '../../sandbox/trial/trial';
import { KEY_FAULTS, ROLE_FAULTS } from './audit-faults-in-iam-and-kms';
import { ORGANIZATION_FAULTS } from './audit-faults-of-organization';

const PRODUCTION = { accountId: '111111111111', region: 'us-east-1' };
const VAULT = { accountId: '222222222222', region: 'eu-west-1' };
const SOURCE_VAULT = 'cab-source';
const DESTINATION_VAULT = 'cab-destination';

/** Takes back what was planted. */
export type Undo = () => Promise<unknown>;

/** Something that somebody does to an organization that is as it should be, and what the audit says of it. */
export interface Fault {
  readonly name: string;
  plant(trial: Trial): Promise<Undo>;
  /** `severity | account Region | what | found`, each; the end of the last may lack. */
  readonly findings: readonly `${Severity} | ${string}`[];
}

type Place = typeof PRODUCTION;

/** Something done with AWS Backup, and what takes it back. */
const inBackup =
  (place: Place, act: (backup: BackupClient) => Promise<(backup: BackupClient) => Promise<unknown>>) =>
  async ({ ask }: Trial): Promise<Undo> => {
    const back = await ask(place, act);
    return () => ask(place, back);
  };

/** Another policy of a vault, made from the one that it has. */
const policyOf = (place: Place, BackupVaultName: string, change: (statements: Statement[]) => void) =>
  inBackup(place, async (backup) => {
    const { Policy = '' } = await backup.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName }));
    const document = JSON.parse(Policy) as { Statement: Statement[] };
    change(document.Statement);
    const put = (text: string) => new PutBackupVaultAccessPolicyCommand({ BackupVaultName, Policy: text });
    await backup.send(put(JSON.stringify(document)));
    return (again) => again.send(put(Policy));
  });

type Statement = Record<string, unknown>;

const lockOf = (BackupVaultName: string, MinRetentionDays: number, MaxRetentionDays: number) =>
  new PutBackupVaultLockConfigurationCommand({ BackupVaultName, MinRetentionDays, MaxRetentionDays });

async function planOf(backup: BackupClient) {
  const { BackupPlansList: [listed] = [] } = await backup.send(new ListBackupPlansCommand({}));
  const BackupPlanId = listed?.BackupPlanId ?? '';
  const { BackupPlan } = await backup.send(new GetBackupPlanCommand({ BackupPlanId }));
  return { BackupPlanId, BackupPlan: BackupPlan as BackupPlanInput };
}

const OF_SOURCE = '111111111111 us-east-1';
const OF_DESTINATION = '222222222222 eu-west-1';

/** Faults of vaults, plans and settings of AWS Backup. */
const BACKUP_FAULTS: readonly Fault[] = [
  {
    name: 'a vault without its policy',
    plant: inBackup(VAULT, async (backup) => {
      const which = { BackupVaultName: DESTINATION_VAULT };
      const { Policy } = await backup.send(new GetBackupVaultAccessPolicyCommand(which));
      await backup.send(new DeleteBackupVaultAccessPolicyCommand(which));
      return (again) => again.send(new PutBackupVaultAccessPolicyCommand({ ...which, Policy }));
    }),
    findings: [`error | ${OF_DESTINATION} | policy of vault cab-destination | none`],
  },
  {
    name: 'a vault that protects itself from less',
    plant: policyOf(PRODUCTION, SOURCE_VAULT, (statements) => {
      const tampering = statements.find(({ Sid }) => Sid === 'DenyTampering');
      if (tampering) tampering.Action = (tampering.Action as string[]).filter((action) => !/Lock/.test(action));
    }),
    findings: [
      `error | ${OF_SOURCE} | policy of vault cab-source | changed: DenyTampering (without Action backup:deletebackupvaultlockconfiguration, Action backup:putbackupvaultlockconfiguration)`,
    ],
  },
  {
    name: 'a vault that somebody else may copy into',
    plant: policyOf(VAULT, DESTINATION_VAULT, (statements) => {
      const Principal = { AWS: '777777777777' };
      statements.push({
        Sid: 'Partner',
        Effect: 'Allow',
        Principal,
        Action: 'backup:CopyIntoBackupVault',
        Resource: '*',
      });
    }),
    findings: [`error | ${OF_DESTINATION} | policy of vault cab-destination | has besides Partner`],
  },
  {
    name: 'a vault without its lock',
    plant: inBackup(PRODUCTION, async (backup) => {
      await backup.send(new DeleteBackupVaultLockConfigurationCommand({ BackupVaultName: SOURCE_VAULT }));
      return (again) => again.send(lockOf(SOURCE_VAULT, 1, 100));
    }),
    findings: [`error | ${OF_SOURCE} | lock of vault cab-source | none`],
  },
  {
    name: 'a lock with other bounds',
    plant: inBackup(VAULT, async (backup) => {
      await backup.send(lockOf(DESTINATION_VAULT, 7, 90));
      return (again) => again.send(lockOf(DESTINATION_VAULT, 7, 400));
    }),
    findings: [`error | ${OF_DESTINATION} | lock of vault cab-destination | 7 to 90 days`],
  },
  {
    name: 'a type that is not opted in',
    plant: inBackup(PRODUCTION, async (backup) => {
      const set = (EBS: boolean) => new UpdateRegionSettingsCommand({ ResourceTypeOptInPreference: { EBS } });
      await backup.send(set(false));
      return (again) => again.send(set(true));
    }),
    findings: [`error | ${OF_SOURCE} | opt-ins | off: EBS`],
  },
  {
    name: 'a plan that keeps copies for a week',
    plant: inBackup(PRODUCTION, async (backup) => {
      const { BackupPlanId, BackupPlan } = await planOf(backup);
      const [rule] = BackupPlan.Rules ?? [];
      const CopyActions = rule?.CopyActions?.map((copy) => ({ ...copy, Lifecycle: { DeleteAfterDays: 7 } }));
      const changed = { ...BackupPlan, Rules: [{ ...rule, CopyActions }] } as BackupPlanInput;
      await backup.send(new UpdateBackupPlanCommand({ BackupPlanId, BackupPlan: changed }));
      return (again) => again.send(new UpdateBackupPlanCommand({ BackupPlanId, BackupPlan }));
    }),
    findings: [
      `error | ${OF_SOURCE} | plan cab-daily | rules.daily.copies.arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination.deleteAfterDays 7 instead of 365; `,
    ],
  },
  {
    name: 'a plan that is there twice',
    plant: inBackup(PRODUCTION, async (backup) => {
      const { BackupPlan } = await planOf(backup);
      const [rule] = BackupPlan.Rules ?? [];
      const other = { ...BackupPlan, Rules: [{ ...rule, StartWindowMinutes: 61 }] } as BackupPlanInput;
      const { BackupPlanId } = await backup.send(new CreateBackupPlanCommand({ BackupPlan: other }));
      return (again) => again.send(new DeleteBackupPlanCommand({ BackupPlanId }));
    }),
    findings: [`error | ${OF_SOURCE} | plan cab-daily | there 2 times`],
  },
];

/** Every fault, each planted alone. */
export const FAULTS: readonly Fault[] = [...BACKUP_FAULTS, ...ROLE_FAULTS, ...KEY_FAULTS, ...ORGANIZATION_FAULTS];
