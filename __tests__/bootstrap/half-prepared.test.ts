import {
  CreateRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { enter } from '../../lib/accounts/access';
import { organizationSteps } from '../../lib/bootstrap/organization-steps';
import { takeSteps } from '../../lib/bootstrap/take-steps';
import { Sessions } from '../../lib/live/sessions';
import { makeOperator } from '../../sandbox/trial/identities';
import { describeWithMoto, document } from '../sandbox/policed';
import { aConfig, DESTINATION_ID, MANAGEMENT_ID, SOURCE_ID } from '../support/a-config';
import { anOrganization, type FoundOrganization, resultsOf } from './an-organization';

const BUCKET = 'acme-states';
const POLICY_NAME = 'cross-account-backup-deploy';
const OTHER_KEY = `arn:aws:kms:eu-west-1:${MANAGEMENT_ID}:key/others`;
const CONFIG = aConfig({
  state: { backend: 's3', bucket: BUCKET, region: 'eu-west-1', kmsKeyId: 'alias/ours' },
  deployRole: 'Deployer',
  destinations: { vault: { accountId: DESTINATION_ID, deployRole: 'VaultDeployer', regions: ['eu-west-1'] } },
});

const TRUST = document({ Effect: 'Allow', Principal: { AWS: MANAGEMENT_ID }, Action: 'sts:AssumeRole' });
const OWN_STATEMENT = {
  Sid: 'Ours',
  Effect: 'Allow',
  Principal: { AWS: MANAGEMENT_ID },
  Action: 's3:*',
  Resource: '*',
};

describeWithMoto('npm run bootstrap, where somebody has begun', () => {
  let found: FoundOrganization;
  let s3: S3Client;
  beforeAll(async () => {
    found = await anOrganization(CONFIG);
    s3 = new S3Client(await found.administrator(MANAGEMENT_ID, 'eu-west-1'));
    const LocationConstraint = 'eu-west-1' as const;
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint } }));
    const Rules = [
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: OTHER_KEY } },
    ];
    await s3.send(new PutBucketEncryptionCommand({ Bucket: BUCKET, ServerSideEncryptionConfiguration: { Rules } }));
    await s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy: document(OWN_STATEMENT) }));
    // Made, but stopped before it got its policy.
    const half = new IAMClient(await found.administrator(DESTINATION_ID));
    await half.send(new CreateRoleCommand({ RoleName: 'VaultDeployer', AssumeRolePolicyDocument: TRUST }));
    const other = new IAMClient(await found.administrator(SOURCE_ID));
    await other.send(new CreateRoleCommand({ RoleName: 'Deployer', AssumeRolePolicyDocument: TRUST }));
    const PolicyDocument = document({ Effect: 'Allow', Action: '*', Resource: '*' });
    await other.send(new PutRolePolicyCommand({ RoleName: 'Deployer', PolicyName: 'theirs', PolicyDocument }));
    found.takeWrites();
  });
  afterAll(() => found?.stop());

  test('does what lacks, and leaves the rest as it is', async () => {
    const results = resultsOf(await found.bootstrap({ makesDeployRoles: true }));

    expect(results).toMatchObject({
      'deploy role VaultDeployer, vault': 'done',
      'deploy role Deployer, production': 'already',
      'state bucket: bucket, management eu-west-1': 'already',
      'state bucket: versioning, management eu-west-1': 'done',
      'state bucket: encryption, management eu-west-1': 'differs',
      'state bucket: public access, management eu-west-1': 'done',
      'state bucket: TLS only, management eu-west-1': 'done',
    });
    expect(found.takeWrites().filter((write) => write.startsWith('s3:') || write.includes('Role'))).toEqual([
      'iam:PutRolePolicy',
      ...Array(3).fill('iam:CreateServiceLinkedRole'),
      's3:PUT /acme-states?versioning',
      's3:PUT /acme-states?publicAccessBlock',
      's3:PUT /acme-states?policy',
    ]);
  });

  test('keeps the encryption and the policy that a bucket has', async () => {
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket: BUCKET }));
    expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).toEqual({
      SSEAlgorithm: 'aws:kms',
      KMSMasterKeyID: OTHER_KEY,
    });
    const { Policy = '' } = await s3.send(new GetBucketPolicyCommand({ Bucket: BUCKET }));
    expect(JSON.parse(Policy).Statement).toEqual([
      OWN_STATEMENT,
      expect.objectContaining({ Sid: 'DenyRequestsWithoutTls' }),
    ]);
  });

  test('gives a role of somebody else no policy', async () => {
    const iam = new IAMClient(await found.administrator(SOURCE_ID));
    expect(await iam.send(new ListRolePoliciesCommand({ RoleName: 'Deployer' }))).toMatchObject({
      PolicyNames: ['theirs'],
    });
  });

  test('widens a deploy role that it has made, once the config needs more of it', async () => {
    const iam = new IAMClient(await found.administrator(DESTINATION_ID));
    const which = { RoleName: 'VaultDeployer', PolicyName: POLICY_NAME };
    const { PolicyDocument: full = '' } = await iam.send(new GetRolePolicyCommand(which));
    const own = { Sid: 'Theirs', Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' };
    const [first, ...others] = JSON.parse(decodeURIComponent(full)).Statement;
    await iam.send(
      new PutRolePolicyCommand({ ...which, PolicyDocument: document({ ...first, Action: ['backup:ListTags'] }, own) }),
    );

    const results = resultsOf(await found.bootstrap({ makesDeployRoles: true }));

    expect(results['deploy role VaultDeployer, vault']).toBe('done');
    const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand(which));
    const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument));
    expect(Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
      first.Sid,
      'Theirs',
      ...others.map(({ Sid }: { Sid: string }) => Sid),
    ]);
    expect(Statement[0].Action).toEqual([...first.Action].sort());
  });

  test('tells the permission that is missing, goes on in other accounts, and counts as failed', async () => {
    const iam = new IAMClient(await found.administrator(SOURCE_ID));
    const PolicyDocument = document({ Effect: 'Deny', Action: 'iam:ListRoles', Resource: '*' });
    await iam.send(new PutRolePolicyCommand({ RoleName: 'Deployer', PolicyName: 'denied', PolicyDocument }));

    const { rows } = await found.bootstrap();

    const failed = rows.filter(({ result }) => result === 'failed');
    expect(failed.map(({ what, where, reason }) => `${where.accountId} ${what}: ${reason}`)).toEqual([
      `${SOURCE_ID} service-linked role of AWS Backup: the permission iam:ListRoles is missing: User: arn:aws:sts::${SOURCE_ID}:assumed-role/Deployer/cross-account-backup-bootstrap is not authorized to perform: iam:ListRoles on resource: * with an explicit deny in an identity-based policy`,
    ]);
    expect(
      rows.find(({ where, what }) => where.accountId === DESTINATION_ID && what.startsWith('service'))?.result,
    ).toBe('already');
  });

  test('works in no account by a deploy role that it may just have made, and that IAM may not know yet', async () => {
    const { rows } = await found.bootstrap({ makesDeployRoles: true });

    expect(rows.find(({ where, what }) => where.accountId === SOURCE_ID && what.startsWith('service'))?.result).toBe(
      'already',
    );
  });

  test('says by which roles it has tried to reach an account', async () => {
    const { rows } = await found.bootstrap({ role: 'security/Bootstrap' });

    const [failed] = rows.filter(({ where }) => where.accountId === DESTINATION_ID);
    expect(failed).toMatchObject({ what: 'account', result: 'failed' });
    expect(failed?.reason).toMatch(
      /^no role of the account can be assumed; arn:aws:iam::222222222222:role\/security\/Bootstrap: the permission sts:AssumeRole is missing: User: arn:aws:iam::999999999999:user\/operator is not authorized/,
    );
  });

  test('lets StackSets in by their own call, once', async () => {
    const { url: endpoint } = found.aws;
    const { credentials } = await found.administrator(MANAGEMENT_ID);
    const sessions = new Sessions({ endpoint, region: 'us-east-1', ...(credentials ? { credentials } : {}) }, 'test');
    const access = await enter(sessions, found.topology);
    const steps = async () => organizationSteps(access, { services: ['stackSets'], policyTypes: [] });
    const take = () =>
      takeSteps([{ what: 'organization', where: access.where, steps }], { isDryRun: false, onRow: () => {} });
    found.takeWrites();

    expect(await take()).toMatchObject([{ what: 'trusted access of StackSets', was: 'off', result: 'done' }]);
    expect(await take()).toMatchObject([{ was: 'on', result: 'already' }]);
    expect(found.takeWrites()).toEqual(['cloudformation:ActivateOrganizationsAccess']);
    sessions.close();
  });

  test('fails with credentials of another account, before anything is asked of it', async () => {
    const credentials = await makeOperator(found.aws.motoUrl, 'aws', SOURCE_ID);
    await expect(found.bootstrap({}, { credentials })).rejects.toThrow(
      `these credentials must be of the management account ${MANAGEMENT_ID}, and are of ${SOURCE_ID} (arn:aws:iam::${SOURCE_ID}:user/operator): take others, or name a role of the management account in management.deployRole`,
    );
  });

  test('fails where the organization cannot be read, with the permission', async () => {
    const iam = new IAMClient(await found.administrator(MANAGEMENT_ID));
    const PolicyDocument = document({ Effect: 'Deny', Action: 'organizations:*', Resource: '*' });
    await iam.send(new PutUserPolicyCommand({ UserName: 'operator', PolicyName: 'denied', PolicyDocument }));
    await expect(found.bootstrap()).rejects.toThrow(
      /^the permission organizations:DescribeOrganization is missing: User: arn:aws:iam::999999999999:user\/operator/,
    );
  });
});
