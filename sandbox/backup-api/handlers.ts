import { auditHandlers } from './audit';
import { backupJobHandlers } from './backup-jobs';
import { copyJobHandlers } from './copy-jobs';
import type { Handlers } from './operations';
import { planHandlers } from './plans';
import { recoveryPointHandlers } from './recovery-points';
import { restoreJobHandlers } from './restore-jobs';
import { restoreTestingHandlers } from './restore-testing';
import { selectionHandlers } from './selections';
import { settingsHandlers } from './settings';
import { tagHandlers } from './tags';
import { vaultLockHandlers } from './vault-lock';
import { vaultSettingsHandlers } from './vault-settings';
import { vaultHandlers } from './vaults';

/** Every operation that the emulated AWS Backup serves. */
export const handlers: Handlers = {
  ...vaultHandlers,
  ...vaultSettingsHandlers,
  ...vaultLockHandlers,
  ...planHandlers,
  ...selectionHandlers,
  ...settingsHandlers,
  ...tagHandlers,
  ...auditHandlers,
  ...restoreTestingHandlers,
  ...backupJobHandlers,
  ...copyJobHandlers,
  ...restoreJobHandlers,
  ...recoveryPointHandlers,
};
