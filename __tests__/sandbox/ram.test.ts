import { type Gateway, startGateway } from '../../sandbox/gateway/gateway';
import { createOrganizationsApi } from '../../sandbox/organizations-api/organizations-api';
import { createRamApi } from '../../sandbox/ram-api/ram-api';
import { aSetup } from './a-directory';
import { administratorOf, DESTINATION, MANAGEMENT, OUTSIDER, SOURCE } from './backup-client';

const VAULT = `arn:aws:backup:eu-west-1:${DESTINATION}:backup-vault:gap`;
let gateway: Gateway;

beforeEach(async () => {
  const { directory } = createOrganizationsApi({ setup: aSetup(MANAGEMENT) });
  const ram = createRamApi({ directory, canShare: (arn) => arn === VAULT });
  const identify = async (accessKeyId: string) => administratorOf(accessKeyId);
  gateway = await startGateway({ services: { ram: ram.serve }, identify });
});
afterEach(() => gateway.close());

/** As an SDK would; the project has no client of RAM. */
const call = async (account: string, operation: string, given: object = {}, method = 'POST', region = 'eu-west-1') => {
  const scope = `Credential=${account}/20260101/${region}/ram/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none`;
  const body = method === 'POST' ? JSON.stringify(given) : undefined;
  const response = await fetch(`${gateway.url}/${operation}`, { method, headers: { authorization }, body });
  const answer = (await response.json()) as Record<string, unknown>;
  return { ...answer, refusal: response.headers.get('x-amzn-errortype') } as Record<string, unknown>;
};
const share = async (more: object = {}) => {
  const answer = await call(DESTINATION, 'createresourceshare', {
    name: 'gap',
    allowExternalPrincipals: false,
    ...more,
  });
  return (answer.resourceShare as { resourceShareArn: string }).resourceShareArn;
};
const letIn = () => call(MANAGEMENT, 'enablesharingwithawsorganization');

test('a share lets an account of the organization see a vault, until it is taken away', async () => {
  await letIn();
  const resourceShareArn = await share({ tags: [{ key: 'Owner', value: 'backup' }] });
  await call(DESTINATION, 'associateresourceshare', { resourceShareArn, resourceArns: [VAULT] });
  await call(DESTINATION, 'associateresourceshare', { resourceShareArn, principals: [SOURCE] });
  const associations = async (associationType: string) =>
    (
      await call(DESTINATION, 'getresourceshareassociations', {
        associationType,
        resourceShareArns: [resourceShareArn],
      })
    ).resourceShareAssociations;
  const sharesSeen = async (account: string, resourceOwner = 'OTHER-ACCOUNTS') =>
    (await call(account, 'getresourceshares', { resourceOwner })).resourceShares;

  expect(await associations('RESOURCE')).toMatchObject([{ associatedEntity: VAULT, status: 'ASSOCIATED' }]);
  expect(await associations('PRINCIPAL')).toMatchObject([{ associatedEntity: SOURCE, external: false }]);
  expect(await sharesSeen(SOURCE)).toMatchObject([{ name: 'gap', tags: [{ key: 'Owner', value: 'backup' }] }]);
  expect(await sharesSeen(OUTSIDER)).toEqual([]);
  await call(DESTINATION, 'disassociateresourceshare', { resourceShareArn, principals: [SOURCE] });
  expect(await sharesSeen(SOURCE)).toEqual([]);
  expect(await sharesSeen(DESTINATION, 'SELF')).toHaveLength(1);
  await call(DESTINATION, `deleteresourceshare?resourceShareArn=${encodeURIComponent(resourceShareArn)}`, {}, 'DELETE');
  expect(await sharesSeen(DESTINATION, 'SELF')).toEqual([]);
});

test('a share is renamed and tagged by its owner', async () => {
  const resourceShareArn = await share();
  await call(DESTINATION, 'updateresourceshare', { resourceShareArn, name: 'new' });
  await call(DESTINATION, 'tagresource', {
    resourceShareArn,
    tags: [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ],
  });
  await call(DESTINATION, 'untagresource', { resourceShareArn, tagKeys: ['a'] });
  const { resourceShares } = await call(DESTINATION, 'getresourceshares', { resourceOwner: 'SELF', name: 'new' });
  expect(resourceShares).toMatchObject([{ resourceShareArn, tags: [{ key: 'b', value: '2' }] }]);
  expect(await call(DESTINATION, 'listresourcesharepermissions', { resourceShareArn })).toMatchObject({
    permissions: [],
  });
});

test.each<[string, (resourceShareArn: string) => Promise<unknown>, string]>([
  ['before sharing within the organization is enabled', (arn) => give(arn, SOURCE), 'OperationNotPermittedException'],
  ['with a stranger', async (arn) => [await letIn(), await give(arn, OUTSIDER)][1], 'OperationNotPermittedException'],
  [
    'of something that cannot be shared',
    (resourceShareArn) =>
      call(DESTINATION, 'associateresourceshare', { resourceShareArn, resourceArns: ['arn:aws:s3:::b'] }),
    'MalformedArnException',
  ],
  ['by another account', (arn) => give(arn, SOURCE, OUTSIDER), 'UnknownResourceException'],
  ['enabled by a member', () => call(SOURCE, 'enablesharingwithawsorganization'), 'OperationNotPermittedException'],
])('sharing is refused %s', async (_, attempt, refusal) => {
  expect(await attempt(await share())).toMatchObject({ refusal });
});

const give = (resourceShareArn: string, principal: string, as = DESTINATION) =>
  call(as, 'associateresourceshare', { resourceShareArn, principals: [principal] });
