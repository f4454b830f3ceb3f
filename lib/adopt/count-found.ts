import type { FoundLock, FoundPlace, FoundVault, Inventory } from './inventory';

/** One thing that exists, as a line tells of it. */
export interface Counted {
  readonly accountId: string;
  readonly region: string;
  readonly kind: string;
  readonly name: string;
  readonly detail: string;
}

/** Everything that was found and could be meant, in lines; settings, which are always there, are not among them. */
export function countFound({ organization, roles, places }: Inventory): Counted[] {
  const inOrganization = (kind: string, name: string, detail: string): Counted => ({
    accountId: '',
    region: '',
    kind,
    name,
    detail,
  });
  return [
    ...organization.delegatedAdministrators.map(({ accountId, service }) =>
      inOrganization('delegated administrator', accountId, service),
    ),
    ...organization.policies.map(({ name, type, targetIds }) =>
      inOrganization('policy', name, `${type}, on ${targetIds.join(', ') || 'nothing'}`),
    ),
    ...(organization.resourcePolicy ? [inOrganization('resource policy', organization.resourcePolicy.id, '')] : []),
    ...Object.entries(roles).flatMap(([accountId, found]) =>
      found.map(({ name, path, attached }) => ({
        accountId,
        region: '',
        kind: 'role',
        name: path === '/' ? name : `${path.slice(1)}${name}`,
        detail: attached.map((arn) => arn.replace(/^.*\//, '')).join(', '),
      })),
    ),
    ...Object.entries(places).flatMap(([key, place]) => countPlace(key, place)),
  ];
}

function countPlace(key: string, { vaults, plans }: FoundPlace): Counted[] {
  const [accountId = '', region = ''] = key.split('/');
  return [
    ...vaults.map((vault) => ({ accountId, region, kind: 'vault', name: vault.name, detail: vaultText(vault) })),
    ...plans.map(({ name, rules, selections }) => ({
      accountId,
      region,
      kind: 'plan',
      name,
      detail: `rules: ${rules.length}, selections: ${selections.length}`,
    })),
  ];
}

const vaultText = ({ recoveryPoints, lock, isAirGapped, policy }: FoundVault): string =>
  [
    ...(isAirGapped ? ['air-gapped'] : []),
    `recovery points: ${recoveryPoints}`,
    lock ? lockText(lock) : 'no lock',
    policy === undefined ? 'no policy' : 'a policy',
  ].join(', ');

const lockText = ({ minRetentionDays = 0, maxRetentionDays, lockDate }: FoundLock): string =>
  `locked for ${minRetentionDays} to ${maxRetentionDays ?? 'any number of'} days${lockDate ? ', for good' : ''}`;
