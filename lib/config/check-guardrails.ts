import type { Check } from './check';
import type { Config } from './config';
import type { Problem } from './config-error';
import { placedAccounts } from './config-sites';

/** Guardrails reach every account they are meant for, and all accounts there are only on purpose. */
export const checkGuardrails: Check = (config, { standIns }) => {
  const { enabled, attachTo } = config.guardrails;
  if (!enabled || attachTo === 'accounts') return [];
  return [
    ...rootProblems(config, attachTo),
    ...(standIns.has('management') || standIns.has('management.accountId') ? [] : accountsLeftOut(config, attachTo)),
  ];
};

const isRoot = (id: string) => id.startsWith('r-');

function rootProblems({ organization, guardrails }: Config, attachTo: readonly string[]): Problem[] {
  return attachTo.flatMap((id, index): Problem[] => {
    if (!isRoot(id)) return [];
    if (organization.rootId !== undefined && organization.rootId !== id) {
      const message = `must be the root of the organization, ${organization.rootId}, got "${id}"`;
      return [{ path: ['guardrails', 'attachTo', index], message }];
    }
    if (guardrails.acknowledgeRoot === id) return [];
    const message = `must be "${id}" when attachTo names the root, got ${shown(guardrails.acknowledgeRoot)}: the policies bind every member account then, those outside this file too`;
    return [{ path: ['guardrails', 'acknowledgeRoot'], message }];
  });
}

/** Synth knows no organization chart: where an account is, only the config can tell. */
function accountsLeftOut(config: Config, attachTo: readonly string[]): Problem[] {
  if (attachTo.some(isRoot)) return [];
  return placedAccounts(config).flatMap(({ account: { accountId, ouPath }, path }): Problem[] => {
    // No service control policy ever binds the management account, wherever it is.
    if (accountId === config.management.accountId) return [];
    if (ouPath?.split('/').some((step) => attachTo.includes(step))) return [];
    const message = `must lead through one of guardrails.attachTo (${attachTo.join(', ')}), got ${shown(ouPath)}: the guardrails would not reach this account`;
    return [{ path: [...path, 'ouPath'], message }];
  });
}

const shown = (text: string | undefined) => (text === undefined ? 'nothing' : `"${text}"`);
