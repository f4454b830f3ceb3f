import type { Check } from './check';
import type { Problem } from './config-error';

/** Each account has one role in the organization; only the management account may be a source as well. */
export const checkAccounts: Check = ({ management, destinations, sources }) => {
  const owner = new Map<string, string>();
  const problems: Problem[] = [];
  const claim = (role: 'destinations' | 'sources', name: string, accountId: string) => {
    const taken = owner.get(accountId);
    if (taken === undefined) owner.set(accountId, `${role}.${name}`);
    else problems.push({ path: [role, name, 'accountId'], message: conflict(taken, `${role}.${name}`, accountId) });
  };

  for (const [name, { accountId }] of Object.entries(destinations)) {
    if (accountId !== management.accountId) claim('destinations', name, accountId);
    else {
      const message = `must not be the management account, got "${accountId}": nothing restrains its administrators, so copies are not safe there; use a member account`;
      problems.push({ path: ['destinations', name, 'accountId'], message });
    }
  }
  for (const [name, { accountId }] of Object.entries(sources)) claim('sources', name, accountId);
  return problems;
};

function conflict(taken: string, claimed: string, accountId: string): string {
  const sameRole = taken.split('.')[0] === claimed.split('.')[0];
  const advice = sameRole
    ? `put all its Regions under ${taken}`
    : 'a copy in the account it was made in is lost with the account; use another one';
  return `must be another account than that of ${taken}, got "${accountId}": ${advice}`;
}
