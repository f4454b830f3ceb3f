import type { SiteSight } from '../../lib/audit/check';
import { keys } from '../../lib/audit/checks/keys';
import { LiveError } from '../../lib/live/live-error';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, MANAGEMENT_ID, SOURCE_ID } from '../support/a-config';

const keyArn = (accountId: string, id: string) =>
  `arn:aws:kms:us-east-1:${accountId}:key/${id}-0000-4000-8000-000000000000`;

/** What is found in a source whose account has no keys but two of others, the first of which may not be read. */
async function foundIn(accountId: string) {
  const resourceKeys = [keyArn(accountId, '00000001'), keyArn(accountId, '00000002')];
  const regions = { 'us-east-1': { resourceKeys } };
  const topology = resolveTopology(aConfig({ sources: { production: { accountId, regions, plans: ['daily'] } } }));
  const vaults = {
    key: async (id: string) => {
      if (id === resourceKeys[0]) throw new LiveError('the permission kms:DescribeKey is missing: no');
      return id === resourceKeys[1] ? { KeyId: id, KeyState: 'Disabled' } : undefined;
    },
  };
  const problems = await keys.problems({ topology, site: topology.sources[0], vaults } as unknown as SiteSight);
  return problems.map(({ severity, what, found, remedy }) => [severity, what, found, remedy].join(' | '));
}

describe('keys', () => {
  test('tells of every key of a site, though one may not be read', async () => {
    const [first, second] = [keyArn(SOURCE_ID, '00000001'), keyArn(SOURCE_ID, '00000002')];
    expect(await foundIn(SOURCE_ID)).toEqual([
      'error | key of the vault, alias/cab-source | not there | deploy the stack source-production-us-east-1',
      `error | key of resources, ${first} | cannot be looked at: the permission kms:DescribeKey is missing: no | let the role that is read with do this (docs/audit.md), or name another one by --role`,
      `error | key of resources, ${second} | Disabled | aws kms enable-key --key-id ${second}`,
    ]);
  });

  test('names the identity where the site is in the management account', async () => {
    const [, unread] = await foundIn(MANAGEMENT_ID);
    expect(unread).toContain('let the identity that reads the management account do this');
  });
});
