import { IAMClient } from '@aws-sdk/client-iam';
import { serviceLinkedRole as check } from '../../lib/audit/checks/service-linked-role';
import { serviceLinkedRole as step } from '../../lib/bootstrap/service-linked-role';
import { Sessions } from '../../lib/live/sessions';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, SOURCE_ID } from '../support/a-config';
import { anIamInPages } from '../support/an-iam';

const ROLE = '<member><RoleName>AWSServiceRoleForBackup</RoleName></member>';
const anIam = (items: string) => anIamInPages({ ListRoles: { list: 'Roles', items } });

describe('the service-linked role of AWS Backup, behind an empty page', () => {
  test.each([
    ['there', ROLE, []],
    ['none', '', [expect.objectContaining({ operation: 'CreateServiceLinkedRole' })]],
  ])('is %s to bootstrap', async (was, roles, calls) => {
    const sessions = new Sessions(anIam(roles), 'test');
    expect(await step(sessions, sessions.ambient, { name: 'production' }).look()).toMatchObject({ was, calls });
  });

  test.each([
    ['there', ROLE, []],
    ['not there', '', [expect.objectContaining({ found: 'not there' })]],
  ])('is %s to an audit', async (_, roles, problems) => {
    const { sources } = resolveTopology(aConfig());
    const auditee = { partition: 'aws', accountId: SOURCE_ID, management: undefined, sites: sources };
    const sight = { auditee, iam: new IAMClient(anIam(roles)) };
    expect(await check.problems(sight as unknown as Parameters<typeof check.problems>[0])).toEqual(problems);
  });
});
