import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findDrift } from '../../lib/drift/find-drift';
import { unownedObjects } from '../../lib/drift/unowned-states';
import { decide } from '../../lib/iam/decide';
import { compilePolicy } from '../../lib/iam/policy';
import { Sessions } from '../../lib/live/sessions';
import { pipelineRolePolicy, stateRolePolicy } from '../../lib/policies/pipeline-role';
import type { PolicyDocument } from '../../lib/policies/policy-document';
import { Children } from '../../lib/terraform/children';
import { everySite } from '../../lib/topology/every-site';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, MANAGEMENT_ID } from '../support/a-config';
import { temporaryFolder } from '../support/temporary-folder';

const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
const folder = temporaryFolder();
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

/** A server that answers by path and query. */
async function serving(answer: (url: URL) => readonly [status: number, body: string]): Promise<string> {
  const server = createServer((request, response) => {
    const [status, body] = answer(new URL(request.url ?? '', 'http://server'));
    response.writeHead(status, { connection: 'close' });
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('states in a bucket', () => {
  const state = { backend: 's3', bucket: 'states', region: 'us-east-1', keyPrefix: 'cab' } as const;
  const topology = resolveTopology(aConfig({ state }));
  const list = async (answer: Parameters<typeof serving>[0]) => {
    const sessions = new Sessions({ region: 'us-east-1', endpoint: await serving(answer), credentials }, 'test');
    try {
      return await unownedObjects(sessions, state, topology);
    } finally {
      sessions.close();
    }
  };

  test('are looked through page by page', async () => {
    const page = (key: string, next = '') =>
      `<ListBucketResult><Contents><Key>cab/${key}.tfstate</Key></Contents>${next}</ListBucketResult>`;
    const found = await list(({ pathname, searchParams }) => {
      if (pathname !== '/states' && pathname !== '/states/')
        return [200, JSON.stringify({ resources: [{ mode: 'managed', instances: [{}, {}] }] })];
      if (searchParams.get('prefix') !== 'cab/') return [400, ''];
      if (searchParams.get('continuation-token') === 'more') return [200, page('source-gone-us-east-1')];
      const more = '<IsTruncated>true</IsTruncated><NextContinuationToken>more</NextContinuationToken>';
      return [200, page('management', more)];
    });
    const where = 's3://states/cab/source-gone-us-east-1.tfstate';
    expect(found).toEqual([{ stack: 'source-gone-us-east-1', where, resources: 2 }]);
  });

  const ofStateRole = { state: { ...state, accountId: '444444444444', role: 'States' } };
  test.each([
    ['pipeline role', pipelineRolePolicy(topology)],
    ['role of the states', stateRolePolicy(resolveTopology(aConfig(ofStateRole))) as PolicyDocument],
  ])('are looked through with no more than the policy of the %s', async (_, policy) => {
    const accountId = MANAGEMENT_ID;
    const caller = { kind: 'role', id: `arn:aws:iam::${accountId}:role/BackupPipeline`, accountId } as const;
    const may = (action: string, arn: string) => {
      const identity = [compilePolicy('policy', policy)];
      const request = { caller, action, resource: { arn, accountId }, context: {} };
      return decide(request, { identity, serviceControl: [], resource: undefined }).isAllowed;
    };
    const names = [
      'management',
      'source-gone-us-east-1',
      'destination-gone-eu-west-1',
      'organization-policies',
      'other',
    ];
    const keys = names.map((name) => `<Contents><Key>cab/${name}.tfstate</Key></Contents>`);
    const found = await list(({ pathname }) => {
      const path = pathname.replace(/^\/|\/$/g, '');
      const action = path === 'states' ? 's3:ListBucket' : 's3:GetObject';
      if (!may(action, `arn:aws:s3:::${path}`)) return [403, '<Error><Code>AccessDenied</Code></Error>'];
      if (path === 'states') return [200, `<ListBucketResult>${keys.join('')}</ListBucketResult>`];
      return [200, JSON.stringify({ resources: [{ mode: 'managed', instances: [{}] }] })];
    });
    expect(found.map(({ stack }) => stack)).toEqual(names.slice(1, 4));
  });

  test('fail with the permission that is missing', async () => {
    const denied = '<Error><Code>AccessDenied</Code><Message>no</Message></Error>';
    await expect(list(() => [403, denied])).rejects.toThrow('the permission s3:ListBucket is missing: no');
  });
});

describe('stacks in HCP Terraform', () => {
  const state = { backend: 'hcp', organization: 'acme', workspacePrefix: 'cab-' } as const;
  const topology = resolveTopology(aConfig({ state }));
  const search = async (answer: Parameters<typeof serving>[0], token = 'secret') => {
    for (const { stackName } of everySite(topology)) {
      mkdirSync(join(folder, 'stacks', stackName), { recursive: true });
      writeFileSync(join(folder, 'stacks', stackName, 'cdk.tf.json'), '{"terraform":{"required_providers":{}}}');
    }
    const terraform = { binary: 'none', env: { TFE_TOKEN: token }, children: new Children() };
    const hcpUrl = `${await serving(answer)}/api/v2`;
    return findDrift(topology, { terraform, folder, stacks: [], jobs: 2, hcpUrl, onStack: () => {} });
  };

  test('are not planned where Terraform would make their workspace, and those of nobody are listed', async () => {
    const attributes = { name: 'cab-source-gone-us-east-1', 'resource-count': 3 };
    const { stacks, unownedStates } = await search(({ pathname, searchParams }) =>
      pathname === '/api/v2/organizations/acme/workspaces' && searchParams.get('search[name]') === 'cab-'
        ? [200, JSON.stringify({ data: [{ id: 'ws-1', type: 'workspaces', attributes }] })]
        : [400, '{}'],
    );
    expect(stacks[0]).toEqual({
      ...{ stack: 'management', accountId: '999999999999', region: 'us-east-1' },
      is: 'failed',
      reason: 'there is no workspace cab-management: npm run bootstrap makes it',
    });
    expect(stacks.map(({ is }) => is)).toEqual(['failed', 'failed', 'failed']);
    const where = 'acme/cab-source-gone-us-east-1';
    expect(unownedStates).toEqual([{ stack: 'source-gone-us-east-1', where, resources: 3 }]);
  });

  test.each([
    ['no token', '', /^there is no token for app\.terraform\.io: set TF_TOKEN_app_terraform_io or TFE_TOKEN$/],
    ['a token that holds no more', 'old', /^GET .*: 401 unauthorized$/],
  ])('fail for %s', async (_, token, reason) => {
    const { stacks } = await search(() => [401, '{"errors":[{"title":"unauthorized"}]}'], token);
    expect(stacks[2]).toMatchObject({ is: 'failed', reason: expect.stringMatching(reason) });
  });
});
