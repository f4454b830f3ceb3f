import { DescribeBackupVaultCommand, GetBackupVaultAccessPolicyCommand, ListTagsCommand } from '@aws-sdk/client-backup';
import {
  DeleteStackInstancesCommand,
  UpdateStackInstancesCommand,
  UpdateStackSetCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, GetRoleCommand, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand } from '@aws-sdk/client-kms';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import type { StackClients } from '../../sandbox/cloudformation/resource-type';
import { memberClients } from '../../sandbox/stack-sets-api/member-clients';
import { makeOperator } from '../../sandbox/trial/identities';
import {
  aStackSetWorld,
  aTemplate,
  IN_INNER,
  IN_OUTER,
  INNER,
  OUTER,
  REGION,
  ROOT,
  type StackSetWorld,
} from './a-stack-set-world';
import { MANAGEMENT } from './backup-client';
import { describeWithMoto, document } from './policed';

const sub = (text: string) => ({ 'Fn::Sub': text });
const ACCOUNT_ROOT = sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root');
const AWS_POLICY = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor';

interface Shape {
  readonly policySid?: string;
  readonly lock?: object;
  readonly managed?: string;
  readonly name?: string;
}

/** A vault under a key, with all that a baseline has. */
const vaultTemplate = ({ policySid = 'First', lock, managed = 'Backup', name = 'main' }: Shape = {}) =>
  JSON.stringify({
    Description: 'a vault',
    Resources: {
      Vault: {
        Type: 'AWS::Backup::BackupVault',
        DependsOn: ['Alias', 'Role'],
        DeletionPolicy: 'Retain',
        Properties: {
          BackupVaultName: name,
          EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
          BackupVaultTags: { kind: 'vault' },
          AccessPolicy: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: policySid,
                Effect: 'Allow',
                Principal: { AWS: ACCOUNT_ROOT },
                Action: ['backup:StartBackupJob'],
                Resource: '*',
              },
            ],
          },
          ...(lock ? { LockConfiguration: lock } : {}),
        },
      },
      Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/main', TargetKeyId: { Ref: 'Key' } } },
      Key: {
        Type: 'AWS::KMS::Key',
        DeletionPolicy: 'Retain',
        Properties: {
          Description: sub('vaults of ${AWS::Region}'),
          EnableKeyRotation: true,
          KeyPolicy: {
            Version: '2012-10-17',
            Statement: [
              { Sid: policySid, Effect: 'Allow', Principal: { AWS: ACCOUNT_ROOT }, Action: 'kms:*', Resource: '*' },
            ],
          },
          Tags: [{ Key: 'kind', Value: 'key' }],
        },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: sub('vault-${AWS::Region}'),
          AssumeRolePolicyDocument: JSON.parse(
            document({ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }),
          ),
          ManagedPolicyArns: [`${AWS_POLICY}${managed}`],
        },
      },
    },
  });

describeWithMoto('the stacks of StackSets', () => {
  let world: StackSetWorld;
  let clients: StackClients;
  beforeAll(async () => {
    world = await aStackSetWorld();
    const { aws } = world;
    const open = memberClients({
      organizationId: 'of this test',
      partition: 'aws',
      motoUrl: aws.motoUrl,
      gatewayUrl: () => aws.url,
      onRoleMade: () => {},
    });
    clients = await open({ accountId: IN_INNER, region: REGION });
  });
  afterAll(() => world.stop());
  const MANUAL = { AutoDeployment: { Enabled: false } };
  const INNER_ONLY = { OrganizationalUnitIds: [INNER] };

  test('hold what their template says, and change with it', async () => {
    const Tags = [{ Key: 'owner', Value: 'us' }];
    const set = await world.create('vaults', { ...MANUAL, TemplateBody: vaultTemplate(), Tags });
    expect((await set.deploy(INNER_ONLY)).results).toEqual([`${IN_INNER} ${REGION} SUCCEEDED`]);
    const { KeyMetadata: key } = await clients.kms.send(new DescribeKeyCommand({ KeyId: 'alias/main' }));
    const vault = await clients.backup.send(new DescribeBackupVaultCommand({ BackupVaultName: 'main' }));
    expect(key?.Description).toBe(`vaults of ${REGION}`);
    expect(vault).toMatchObject({ EncryptionKeyArn: key?.Arn, Locked: false });
    const rotation = await clients.kms.send(new GetKeyRotationStatusCommand({ KeyId: key?.KeyId }));
    expect(rotation.KeyRotationEnabled).toBe(true);
    const tags = await clients.backup.send(new ListTagsCommand({ ResourceArn: vault.BackupVaultArn }));
    expect(tags.Tags).toEqual({ owner: 'us', kind: 'vault' });

    const TemplateBody = vaultTemplate({ policySid: 'Second', lock: { MinRetentionDays: 3 }, managed: 'Restores' });
    const { OperationId } = await world.client.send(
      new UpdateStackSetCommand({ ...set.which, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
    );
    expect(await set.outcomeOf(OperationId)).toMatchObject({ status: 'SUCCEEDED' });
    const policy = await clients.backup.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName: 'main' }));
    expect(JSON.parse(policy.Policy ?? '').Statement[0]).toMatchObject({
      Sid: 'Second',
      Principal: { AWS: `arn:aws:iam::${IN_INNER}:root` },
    });
    const locked = await clients.backup.send(new DescribeBackupVaultCommand({ BackupVaultName: 'main' }));
    expect(locked).toMatchObject({ Locked: true, MinRetentionDays: 3 });
    const { Policy } = await clients.kms.send(new GetKeyPolicyCommand({ KeyId: key?.KeyId, PolicyName: 'default' }));
    expect(Policy).toContain('Second');
    const RoleName = `vault-${REGION}`;
    const attached = await clients.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    expect(attached.AttachedPolicies?.map(({ PolicyArn }) => PolicyArn)).toEqual([`${AWS_POLICY}Restores`]);

    const renamed = { ...set.which, TemplateBody: vaultTemplate({ name: 'other' }) };
    const refused = await world.client.send(new UpdateStackSetCommand(renamed));
    const { status, results } = await set.outcomeOf(refused.OperationId);
    expect([status, ...results]).toEqual(['FAILED', expect.stringContaining('replaces no resource')]);
    expect(await set.instances()).toEqual([`${IN_INNER} ${REGION} OUTDATED`]);

    const gone = { ...set.which, DeploymentTargets: INNER_ONLY, Regions: [REGION], RetainStacks: false };
    const { OperationId: last } = await world.client.send(new DeleteStackInstancesCommand(gone));
    expect(await set.outcomeOf(last)).toMatchObject({ status: 'SUCCEEDED' });
    await expect(clients.iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({ name: /NoSuchEntity/ });
    const kept = await clients.backup.send(new DescribeBackupVaultCommand({ BackupVaultName: 'main' }));
    expect(kept.BackupVaultName).toBe('main');
  });

  test('fail with their reason, within what is tolerated, and are made when it is gone', async () => {
    const Queue = { Type: 'AWS::SQS::Queue' };
    const unknown = await world.create('unknown', { ...MANUAL, TemplateBody: aTemplate('unknown', { Queue }) });
    const { status, results } = await unknown.deploy({ OrganizationalUnitIds: [OUTER] });
    expect([status, ...results]).toEqual([
      'FAILED',
      `${IN_OUTER} ${REGION} FAILED ResourceLogicalId:Queue, ResourceType:AWS::SQS::Queue, ResourceStatusReason:the sandbox makes no resources of the type AWS::SQS::Queue`,
      `${IN_INNER} ${REGION} CANCELLED`,
    ]);
    expect(await unknown.instances()).toEqual([`${IN_OUTER} ${REGION} OUTDATED`]);
    await expect(clients.iam.send(new GetRoleCommand({ RoleName: `unknown-${REGION}` }))).rejects.toThrow();

    const RoleName = `taken-${REGION}`;
    await clients.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document() }));
    const taken = await world.create('taken', MANUAL);
    expect((await taken.deploy({ OrganizationalUnitIds: [INNER] })).results).toEqual([
      expect.stringMatching(/FAILED ResourceLogicalId:Role, ResourceType:AWS::IAM::Role, .*taken-.* already exists/),
    ]);
    const asked = { ...taken.which, DeploymentTargets: INNER_ONLY, Regions: [REGION] };
    const { OperationId } = await world.client.send(new UpdateStackInstancesCommand(asked));
    expect(await taken.outcomeOf(OperationId)).toMatchObject({ status: 'FAILED' });
  });

  test('are made under a role that service control policies bind, unless they exempt it', async () => {
    const credentials = await makeOperator(world.aws.motoUrl, 'aws', MANAGEMENT);
    const organizations = new OrganizationsClient({ region: 'us-east-1', endpoint: world.aws.url, credentials });
    const guard = async (Name: string, exempted: string) => {
      const Content = document({
        Effect: 'Deny',
        Action: 'iam:CreateRole',
        Resource: `arn:aws:iam::*:role/${Name}-*`,
        Condition: { ArnNotLike: { 'aws:PrincipalArn': exempted } },
      });
      const policy = { Name, Content, Description: '', Type: 'SERVICE_CONTROL_POLICY' } as const;
      const { Policy } = await organizations.send(new CreatePolicyCommand(policy));
      await organizations.send(new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId: ROOT }));
    };
    await organizations.send(new EnablePolicyTypeCommand({ RootId: ROOT, PolicyType: 'SERVICE_CONTROL_POLICY' }));
    await guard('barred', 'arn:aws:iam::*:role/Deployer');
    await guard('exempt', 'arn:aws:iam::*:role/stacksets-exec-*');
    organizations.destroy();

    const barred = await world.create('barred', MANUAL);
    expect((await barred.deploy(INNER_ONLY)).results).toEqual([
      expect.stringMatching(
        /FAILED .*assumed-role\/stacksets-exec-\w{32}\/.* with an explicit deny in a service control policy/,
      ),
    ]);
    const exempt = await world.create('exempt', MANUAL);
    expect((await exempt.deploy(INNER_ONLY)).results).toEqual([`${IN_INNER} ${REGION} SUCCEEDED`]);
  });
});
