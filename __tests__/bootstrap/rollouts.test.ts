import {
  DeleteResourcePolicyCommand,
  OrganizationsClient,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-organizations';
import { delegationPolicy } from '../../lib/policies/delegation-policy';
import { policyJson } from '../../lib/policies/policy-document';
import { describeWithMoto, document } from '../sandbox/policed';
import { DESTINATION_ID, MANAGEMENT_ID } from '../support/a-config';
import { aRolloutConfig } from '../support/a-rollout';
import { anOrganization, type FoundOrganization, resultsOf } from './an-organization';

const DELEGATED = { runFrom: 'vault', delegation: { existing: 'none' } };
const CONFIG = aRolloutConfig({
  policies: DELEGATED,
  others: { deployRole: 'Deployer' },
});
const THEIRS = {
  Sid: 'Theirs',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${DESTINATION_ID}:root` },
  Action: 'organizations:DescribeOrganization',
  Resource: '*',
};

describeWithMoto('npm run bootstrap of a config with rollouts', () => {
  let found: FoundOrganization;
  let organizations: OrganizationsClient;
  beforeAll(async () => {
    found = await anOrganization(CONFIG);
    organizations = new OrganizationsClient(await found.administrator(MANAGEMENT_ID));
  });
  afterAll(() => found?.stop());

  const resourcePolicyRow = async () => {
    const { rows } = await found.bootstrap();
    return rows.find(({ what }) => what === 'resource policy');
  };
  const put = (...statements: object[]) =>
    organizations.send(new PutResourcePolicyCommand({ Content: document(...statements) }));

  test('lets StackSets in and enables backup policies, once', async () => {
    const wanted = ['trusted access of StackSets, management', 'policy type BACKUP_POLICY, management'];
    const first = resultsOf(await found.bootstrap());
    expect(wanted.map((what) => first[what])).toEqual(['done', 'done']);
    found.takeWrites();
    const second = resultsOf(await found.bootstrap());
    expect(wanted.map((what) => second[what])).toEqual(['already', 'already']);
    expect(found.takeWrites()).toEqual([]);
  });

  test('finds no resource policy where the config has none, and its own after the deploy', async () => {
    expect(await resourcePolicyRow()).toMatchObject({ was: 'none', result: 'already' });
    const delegation = found.topology.management.rollouts?.delegation;
    if (!delegation) throw new Error('the config delegates');
    await organizations.send(
      new PutResourcePolicyCommand({ Content: policyJson(delegationPolicy('aws', delegation)) }),
    );
    expect(await resourcePolicyRow()).toMatchObject({
      result: 'already',
      was: expect.stringMatching(/^rp-\w+, 0 statements of others$/),
    });
    await organizations.send(new DeleteResourcePolicyCommand({}));
  });

  test('fails where a deploy would replace the statements of somebody else, and says what to write', async () => {
    await put(THEIRS);
    const row = await resourcePolicyRow();
    expect(row?.result).toBe('failed');
    expect(row?.reason).toMatch(
      /^a deploy would replace statements .*: set organizationPolicies\.delegation\.existing to \{"id":"rp-\w+","statements":\[\{"Sid":"Theirs",/,
    );
    await organizations.send(new DeleteResourcePolicyCommand({}));
  });
});

describeWithMoto('npm run bootstrap of a config that keeps a resource policy', () => {
  let found: FoundOrganization;
  const existing = { id: 'rp-abc12345', statements: [THEIRS] };
  beforeAll(async () => {
    found = await anOrganization(
      aRolloutConfig({
        policies: { runFrom: 'vault', delegation: { existing } },
        others: { deployRole: 'Deployer' },
      }),
    );
  });
  afterAll(() => found?.stop());

  const row = async () => (await found.bootstrap()).rows.find(({ what }) => what === 'resource policy');
  const client = async () => new OrganizationsClient(await found.administrator(MANAGEMENT_ID));

  test('fails where there is none', async () => {
    await (await client()).send(new DeleteResourcePolicyCommand({})).catch(() => {});
    expect(await row()).toMatchObject({
      result: 'failed',
      reason:
        'the organization has no resource policy rp-abc12345: set organizationPolicies.delegation.existing to none',
    });
  });

  test('is content where its statements are those that the config keeps, whatever the order of their keys', async () => {
    const { Resource, ...rest } = THEIRS;
    const Content = document({ Resource, ...rest });
    await (await client()).send(new PutResourcePolicyCommand({ Content }));
    expect(await row()).toMatchObject({ result: 'already', was: expect.stringMatching(/, 1 statements of others$/) });
  });
});
