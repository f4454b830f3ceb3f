import type { Facts } from './facts';
import { objectOf, refuseUnknownKeys, textsOf } from './json';
import type { Refuse } from './policy-error';

/**
 * How a statement means a caller: not at all, through its account, whose own policies then have to allow as well, or by
 * itself.
 */
export type PrincipalMatch = 'none' | 'account' | 'itself';

/** Who a Principal element means. */
export type PrincipalMatcher = (facts: Facts) => PrincipalMatch;

const ACCOUNT = /^(?:arn:([^:*?]+):iam::)?(\d{12})(?::root)?$/;
const ROLE_OR_USER = /^arn:([^:*?]+):iam::(\d{12}):(?:role|user)\/[^*?]+$/;

interface Named {
  readonly isEverybody: boolean;
  readonly services: ReadonlySet<string>;
  /** By account ID, the start of its callers' ARNs, which has only a partition where the policy says one. */
  readonly accounts: ReadonlyMap<string, readonly string[]>;
  readonly rolesAndUsers: ReadonlySet<string>;
  readonly hasCanonicalUser: boolean;
}

/**
 * The Principal element. Federated principals are understood and mean none of the callers there can be here.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalMatcher(element: unknown, isDeny: boolean, refuse: Refuse): PrincipalMatcher {
  const named = namedIn(element, refuse);
  // S3's name for an account, which a caller here does not carry: an allowance to it may be missed, a denial must not.
  if (named.hasCanonicalUser && isDeny) refuse('a denial to a CanonicalUser');
  return (facts) => match(named, facts);
}

/**
 * The NotPrincipal element of a denial: everybody but these. AWS leaves open whether a role is spared whose account is
 * not named with it, and advises against allowing so.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function notPrincipalMatcher(element: unknown, isDeny: boolean, refuse: Refuse): PrincipalMatcher {
  const named = namedIn(element, refuse);
  if (!isDeny) refuse('NotPrincipal in an allowance');
  if (named.isEverybody || named.hasCanonicalUser) refuse('NotPrincipal with * or a CanonicalUser');
  for (const arn of named.rolesAndUsers) {
    const [, , account = ''] = ROLE_OR_USER.exec(arn) ?? [];
    if (!named.accounts.get(account)?.some((start) => arn.startsWith(start)))
      refuse(`NotPrincipal with ${arn} and without its account`);
  }
  return (facts) => (match(named, facts) === 'none' ? 'itself' : 'none');
}

function match({ isEverybody, services, accounts, rolesAndUsers }: Named, facts: Facts): PrincipalMatch {
  if (isEverybody) return 'itself';
  const { kind, id, accountId = '' } = facts.request.caller;
  if (kind === 'service') return services.has(id) ? 'itself' : 'none';
  if (rolesAndUsers.has(id)) return 'itself';
  return accounts.get(accountId)?.some((start) => id.startsWith(start)) ? 'account' : 'none';
}

function namedIn(element: unknown, refuse: Refuse): Named {
  if (element === '*') return { ...NOBODY, isEverybody: true };
  const map = objectOf(element, 'Principal', refuse);
  refuseUnknownKeys(map, ['AWS', 'Service', 'Federated', 'CanonicalUser'], refuse);
  if (Object.keys(map).length === 0) refuse('Principal names nobody');
  const textsAt = (key: string) => (key in map ? textsOf(map[key], `Principal ${key}`, refuse) : []);
  for (const text of ['Service', 'Federated', 'CanonicalUser'].flatMap(textsAt))
    if (/[*?]/.test(text)) refuse(`a wildcard in the principal ${text}`);
  const aws = textsAt('AWS');
  const others = aws.filter((text) => text !== '*');
  const accounts = others.filter((text) => isAccount(text));
  const rolesAndUsers = others.filter((text) => ROLE_OR_USER.test(text));
  const unknown = others.filter((text) => !accounts.includes(text) && !rolesAndUsers.includes(text));
  if (unknown.length > 0) refuse(`neither an account nor a role or user: ${unknown.join(', ')}`);
  return {
    isEverybody: others.length < aws.length,
    services: new Set(textsAt('Service')),
    accounts: startsOf(accounts),
    rolesAndUsers: new Set(rolesAndUsers),
    hasCanonicalUser: 'CanonicalUser' in map,
  };
}

const NOBODY: Named = {
  isEverybody: false,
  services: new Set(),
  accounts: new Map(),
  rolesAndUsers: new Set(),
  hasCanonicalUser: false,
};

const isAccount = (text: string) => ACCOUNT.test(text) && text.startsWith('arn:') === text.endsWith(':root');

function startsOf(accounts: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const starts = new Map<string, readonly string[]>();
  for (const text of accounts) {
    const [, partition, account = ''] = ACCOUNT.exec(text) ?? [];
    starts.set(account, [...(starts.get(account) ?? []), partition ? `arn:${partition}:` : 'arn:']);
  }
  return starts;
}
