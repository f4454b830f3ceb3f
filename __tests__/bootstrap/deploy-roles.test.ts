import { accountsOf } from '../../lib/accounts/accounts';
import { deployRole } from '../../lib/bootstrap/deploy-roles';
import { Sessions } from '../../lib/live/sessions';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig } from '../support/a-config';
import { anIamInPages } from '../support/an-iam';

describe('deployRole', () => {
  const [, account] = accountsOf(resolveTopology(aConfig({ deployRole: 'Deployer' })));
  const look = (items: { own?: string; attached?: string }) => {
    const [role] = account?.deployRoles ?? [];
    if (!role) throw new Error('the config has a deploy role');
    const iam = anIamInPages({
      GetRole: `<Role><RoleName>Deployer</RoleName><Arn>${role.arn}</Arn></Role>`,
      ListRolePolicies: { list: 'PolicyNames', items: items.own ?? '' },
      ListAttachedRolePolicies: { list: 'AttachedPolicies', items: items.attached ?? '' },
    });
    const sessions = new Sessions(iam, 'test');
    return deployRole(sessions, sessions.ambient, { role, trusted: [], tags: {}, where: { name: 'vault' } }).look();
  };

  test.each([
    ['of its own', { own: '<member>theirs</member>' }],
    ['attached', { attached: '<member><PolicyName>theirs</PolicyName></member>' }],
  ])('leaves a role alone that has a policy %s behind an empty page', async (_, items) => {
    expect(await look(items)).toEqual({ was: 'there', is: 'there', calls: [] });
  });

  test('gives a role without a policy its own', async () => {
    const { was, calls } = await look({});
    expect([was, calls.map(({ operation }) => operation)]).toEqual(['no policy', ['PutRolePolicy']]);
  });
});
