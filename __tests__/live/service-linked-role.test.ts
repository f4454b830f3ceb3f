import { Readable } from 'node:stream';
import { IAMClient } from '@aws-sdk/client-iam';
import { serviceLinkedRole as check } from '../../lib/audit/checks/service-linked-role';
import { serviceLinkedRole as step } from '../../lib/bootstrap/service-linked-role';
import { type Ambient, Sessions } from '../../lib/live/sessions';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, SOURCE_ID } from '../support/a-config';

const ROLE = '<member><RoleName>AWSServiceRoleForBackup</RoleName></member>';

/** IAM that answers with an empty page first, and with these roles behind it. */
function anIam(roles: string): Ambient {
  const handle = async ({ body }: { body: string }) => {
    const isFirst = new URLSearchParams(body).get('Marker') === null;
    const page = isFirst
      ? '<IsTruncated>true</IsTruncated><Marker>more</Marker><Roles/>'
      : `<IsTruncated>false</IsTruncated><Roles>${roles}</Roles>`;
    const text = `<ListRolesResponse><ListRolesResult>${page}</ListRolesResult></ListRolesResponse>`;
    return { response: { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(text)]) } };
  };
  const requestHandler = { handle, destroy: () => {} } as unknown as NonNullable<Ambient['requestHandler']>;
  return { region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' }, requestHandler };
}

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
