import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateBackupVaultCommand,
  DeleteBackupVaultCommand,
  DescribeBackupVaultCommand,
  StartCopyJobCommand,
} from '@aws-sdk/client-backup';
import { type Gateway, startGateway } from '../../sandbox/gateway/gateway';
import { identifyByMoto } from '../../sandbox/gateway/identify';
import { scopeOf } from '../../sandbox/gateway/signature';
import type { AuthorizationRequest } from '../../sandbox/wire/authorize';
import { SOURCE, startBackup } from './backup-client';

const signed = (service: string, key = 'KEY') =>
  `AWS4-HMAC-SHA256 Credential=${key}/20261121/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

describe('the gateway', () => {
  let upstream: Server;
  let url: string;
  let gateway: Gateway;
  let asked: string[];
  let answer: (incoming: IncomingMessage, body: string) => [number, string];

  beforeEach(async () => {
    asked = [];
    answer = () => [200, 'from upstream'];
    upstream = createServer(async (incoming, outgoing) => {
      let body = '';
      for await (const chunk of incoming) body += chunk;
      asked.push(`${incoming.method} ${incoming.url} ${body.length}`);
      const [status, text] = answer(incoming, body);
      outgoing.writeHead(status, { 'x-kept': 'yes' });
      outgoing.end(text);
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
    gateway = await startGateway({
      services: {
        backup: async ({ caller, region, body }) => ({
          status: 200,
          headers: {},
          body: `${caller.arn} ${region} ${body}`,
        }),
        kms: async () => undefined,
      },
      identify: async (accessKeyId) => ({ accountId: '1', arn: accessKeyId }),
      upstream: url,
    });
  });
  afterEach(async () => {
    await gateway.close();
    await new Promise((resolve) => upstream.close(resolve));
  });

  const post = (service: string, body = 'x', headers = {}, path = '/') =>
    fetch(gateway.url + path, { method: 'POST', body, headers: { authorization: signed(service), ...headers } });

  test('serves by the service, and says by whose key and for which Region', async () => {
    expect(await (await post('backup', 'hello')).text()).toBe('KEY eu-west-1 hello');
    expect(asked).toEqual([]);
  });

  test.each([
    ['of a service that it does not have', 's3'],
    ['that its service leaves to others', 'kms'],
  ])('passes a request %s on, and the answer back, as they are', async (_, service) => {
    const response = await post(service, 'y'.repeat(1_000_000), {}, '/bucket/key?a=b');
    expect([response.status, response.headers.get('x-kept'), await response.text()]).toEqual([
      200,
      'yes',
      'from upstream',
    ]);
    expect(asked).toEqual(['POST /bucket/key?a=b 1000000']);
  });

  test.each([
    [
      'kms',
      { 'x-amz-target': 'TrentService.CreateCustomKeyStore' },
      '{}',
      'kms:CreateCustomKeyStore',
      '"__type":"OperationNotInSandbox"',
    ],
    [
      'iam',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'Action=GetMagic&Version=1',
      'iam:GetMagic',
      '<Code>OperationNotInSandbox',
    ],
    ['s3', {}, 'x', 's3:POST /', '<Error><Code>OperationNotInSandbox'],
    ['lambda', {}, 'x', 'lambda:POST /', '"message"'],
  ])('makes a refusal of what moto lacks in %s', async (service, headers, body, operation, form) => {
    answer = () => [501, '<h1>NotImplementedError</h1> the operation'];
    const response = await post(service, body, headers);
    const text = await response.text();

    expect(response.status).toBe(400);
    expect(text).toContain(`moto answered 501 to ${operation}: NotImplementedError the operation`);
    expect(text).toContain(form);
  });

  test('says so when nobody is behind it', async () => {
    await new Promise((resolve) => upstream.close(resolve));
    const response = await post('iam');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('moto does not answer');
    upstream.listen(0);
  });

  test('lets faults be made on purpose', async () => {
    const faulty = await startGateway({
      services: {},
      identify: async () => ({ accountId: '1', arn: '' }),
      intercept: (scope) => (scope?.service === 'iam' ? { status: 429, headers: {}, body: 'slow down' } : undefined),
    });
    const ask = (service: string) => fetch(faulty.url, { headers: { authorization: signed(service) } });
    expect((await ask('iam')).status).toBe(429);
    expect((await ask('sts')).status).toBe(400);
    await faulty.close();
  });

  test('asks moto once whose a key is', async () => {
    answer = ({ headers }) => [200, `<Arn>${scopeOf(headers.authorization)?.accessKeyId}</Arn><Account>42</Account>`];
    const identify = identifyByMoto(url);
    expect([await identify('A'), await identify('A')]).toEqual(Array(2).fill({ accountId: '42', arn: 'A' }));
    expect(asked).toHaveLength(1);
    answer = () => [403, 'no such key'];
    await expect(identify('B')).rejects.toThrow('moto does not tell whose key B is: 403');
    answer = () => [200, '<Account>1</Account><Arn>b</Arn>'];
    expect(await identify('B')).toEqual({ accountId: '1', arn: 'b' });
  });
});

describe('who may', () => {
  test('is asked of every operation with what policies can ask for', async () => {
    const requests: AuthorizationRequest[] = [];
    const backup = await startBackup({
      authorize: (request) => {
        requests.push(request);
        return request.action === 'backup:DeleteBackupVault'
          ? 'with an explicit deny in a service control policy'
          : undefined;
      },
    });
    const client = backup.clientOf(SOURCE);
    await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main', BackupVaultTags: { Team: 'a' } }));
    const vault = `arn:aws:backup:us-east-1:${SOURCE}:backup-vault:main`;

    expect(requests[0]).toMatchObject({
      action: 'backup:CreateBackupVault',
      caller: { accountId: SOURCE },
      resource: { arn: vault, accountId: SOURCE },
      context: {
        'aws:RequestTag/Team': 'a',
        'aws:TagKeys': ['Team'],
        'aws:RequestedRegion': 'us-east-1',
        'aws:PrincipalOrgID': 'o-abc1234567',
      },
    });
    await expect(client.send(new DeleteBackupVaultCommand({ BackupVaultName: 'main' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::${SOURCE}:assumed-role/administrator/session is not authorized to perform: backup:DeleteBackupVault on resource: ${vault} with an explicit deny in a service control policy`,
    });
    const elsewhere = vault.replace(SOURCE, '222222222222');
    await expect(client.send(new DescribeBackupVaultCommand({ BackupVaultName: elsewhere }))).rejects.toThrow(
      'privileges',
    );
    expect(requests.at(-1)?.resource).toEqual({ arn: elsewhere, accountId: '222222222222' });
    const copy = {
      SourceBackupVaultName: 'main',
      RecoveryPointArn: 'arn:aws:ec2:us-east-1::snapshot/snap-1',
      DestinationBackupVaultArn: vault,
      IamRoleArn: `arn:aws:iam::${SOURCE}:role/backup`,
    };
    await expect(client.send(new StartCopyJobCommand(copy))).rejects.toThrow('not found');
    expect(
      requests
        .slice(-3)
        .map(({ action, context }) => [action, context['backup:CopyTargets'] ?? context['iam:PassedToService']]),
    ).toEqual([
      ['backup:StartCopyJob', undefined],
      ['iam:PassRole', 'backup.amazonaws.com'],
      ['backup:CopyFromBackupVault', [vault]],
    ]);
    await backup.stop();
  });
});
