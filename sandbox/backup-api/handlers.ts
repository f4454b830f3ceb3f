import type { Handlers } from './operations';
import { planHandlers } from './plans';
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
};
