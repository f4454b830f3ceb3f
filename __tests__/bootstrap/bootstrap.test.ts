import { CloudFormationClient, DescribeOrganizationsAccessCommand } from '@aws-sdk/client-cloudformation';
import { GetRoleCommand, GetRolePolicyCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { ListRootsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { accountsOf } from '../../lib/accounts/accounts';
import { renderBootstrap } from '../../lib/bootstrap/render-bootstrap';
import { deployRolePolicy } from '../../lib/policies/deploy-role';
import { describeWithMoto } from '../sandbox/policed';
import { aConfig, DESTINATION_ID, MANAGEMENT_ID, SOURCE_ID } from '../support/a-config';
import { anOrganization, type FoundOrganization, resultsOf } from './an-organization';

const BUCKET = 'acme-states';
const KEY = `arn:aws:kms:eu-west-1:${DESTINATION_ID}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** Everything that bootstrap knows to do in AWS, in three accounts. */
const CONFIG = aConfig({
  state: { backend: 's3', bucket: BUCKET, region: 'eu-west-1', accountId: DESTINATION_ID, kmsKeyId: KEY },
  deployRole: 'infrastructure/Deployer',
  tags: { owner: 'platform' },
  organizationPolicies: { regions: ['us-east-1'] },
  destinations: {
    vault: {
      accountId: DESTINATION_ID,
      regions: {
        'eu-west-1': {
          airGapped: {
            minRetentionDays: 7,
            maxRetentionDays: 400,
            shareWith: [SOURCE_ID],
            acknowledge: 'cab-destination-air-gapped',
          },
        },
      },
    },
  },
});

/** What the first run has to do, in the order of the table. */
const WRITES = [
  'organizations:EnableAWSServiceAccess',
  'ram:POST /enablesharingwithawsorganization',
  'organizations:EnablePolicyType',
  'organizations:EnablePolicyType',
  ...['iam:CreateRole', 'iam:PutRolePolicy'].flatMap((operation) => [operation, operation]),
  ...Array(3).fill('iam:CreateServiceLinkedRole'),
  `s3:PUT /${BUCKET}`,
  ...['encryption', 'policy', 'publicAccessBlock', 'versioning'].map((part) => `s3:PUT /${BUCKET}?${part}`),
].sort();

describeWithMoto('npm run bootstrap', () => {
  let found: FoundOrganization;
  beforeAll(async () => {
    found = await anOrganization(CONFIG);
  });
  afterAll(() => found?.stop());

  test('shows in a dry run every call that it would make, and makes none', async () => {
    const dry = await found.bootstrap({ isDryRun: true, makesDeployRoles: true });

    expect(found.takeWrites()).toEqual([]);
    expect(renderBootstrap(dry)).toMatchSnapshot();
  });

  test('does all that lacks, and says so', async () => {
    const first = await found.bootstrap({ makesDeployRoles: true });

    expect(found.takeWrites().sort()).toEqual(WRITES);
    expect(renderBootstrap(first)).toMatchSnapshot();
  });

  test('lets in AWS Backup and RAM, and nobody whom the config does not use', async () => {
    expect([...found.aws.organizations.directory.services.keys()]).toEqual([
      'backup.amazonaws.com',
      'ram.amazonaws.com',
    ]);
    const cloudFormation = new CloudFormationClient(await found.administrator(MANAGEMENT_ID));
    expect(await cloudFormation.send(new DescribeOrganizationsAccessCommand({}))).toMatchObject({ Status: 'DISABLED' });
  });

  test('enables the types of policies that the config uses', async () => {
    const organizations = new OrganizationsClient(await found.administrator(MANAGEMENT_ID));
    const { Roots } = await organizations.send(new ListRootsCommand({}));
    expect(Roots?.[0]?.PolicyTypes?.map(({ Type }) => Type)).toEqual(['SERVICE_CONTROL_POLICY', 'BACKUP_POLICY']);
  });

  test.each([MANAGEMENT_ID, DESTINATION_ID, SOURCE_ID])(
    'gives account %s its service-linked role',
    async (accountId) => {
      const iam = new IAMClient(await found.administrator(accountId));
      const { Roles } = await iam.send(new ListRolesCommand({ PathPrefix: '/aws-service-role/' }));
      expect(Roles?.map(({ Path }) => Path)).toEqual(['/aws-service-role/backup.amazonaws.com/']);
    },
  );

  test.each([DESTINATION_ID, SOURCE_ID])(
    'gives account %s a deploy role for the management account',
    async (accountId) => {
      const iam = new IAMClient(await found.administrator(accountId));
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'Deployer' }));
      expect(Role).toMatchObject({ Path: '/infrastructure/', Tags: [{ Key: 'owner', Value: 'platform' }] });
      expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).Statement).toEqual([
        {
          Sid: 'AllowToDeploy',
          Effect: 'Allow',
          Principal: { AWS: [`arn:aws:iam::${MANAGEMENT_ID}:root`] },
          Action: 'sts:AssumeRole',
        },
      ]);

      const which = { RoleName: 'Deployer', PolicyName: 'cross-account-backup-deploy' };
      const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand(which));
      const [role] = accountsOf(found.topology).find((account) => account.accountId === accountId)?.deployRoles ?? [];
      expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual(role && deployRolePolicy(role));
    },
  );

  test('makes the bucket of the states in its account and Region, versioned, encrypted, closed, and by TLS alone', async () => {
    const s3 = new S3Client(await found.administrator(DESTINATION_ID, 'eu-west-1'));
    const which = { Bucket: BUCKET };
    expect(await s3.send(new HeadBucketCommand(which))).toMatchObject({ BucketRegion: 'eu-west-1' });
    expect(await s3.send(new GetBucketVersioningCommand(which))).toMatchObject({ Status: 'Enabled' });
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand(which));
    expect(ServerSideEncryptionConfiguration?.Rules).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY } },
    ]);
    const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand(which));
    expect(Object.values(PublicAccessBlockConfiguration ?? {})).toEqual([true, true, true, true]);
    const { Policy = '' } = await s3.send(new GetBucketPolicyCommand(which));
    expect(JSON.parse(Policy).Statement).toMatchObject([
      { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  test('changes nothing when it is run again', async () => {
    found.takeWrites();
    const second = await found.bootstrap({ makesDeployRoles: true });

    expect(found.takeWrites()).toEqual([]);
    expect(new Set(Object.values(resultsOf(second)))).toEqual(new Set(['already', 'differs']));
  });

  test('tells the settings of the organization, and where the config has others', async () => {
    const { globalSettings, rows } = await found.bootstrap();

    expect(globalSettings).toEqual({
      crossAccountBackup: false,
      multiPartyApproval: false,
      delegatedAdministrator: false,
    });
    expect(rows.find(({ what }) => what === 'global settings')?.reason).toBe(
      'crossAccountBackup is false, and the config has true; delegatedAdministrator is false, and the config has true: a deploy of the management stack sets them for the whole organization',
    );
  });

  test('leaves deploy roles alone unless it is asked for them', async () => {
    expect(Object.keys(resultsOf(await found.bootstrap())).filter((name) => name.includes('deploy role'))).toEqual([]);
  });
});
