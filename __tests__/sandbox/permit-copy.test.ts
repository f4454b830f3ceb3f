import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  KMSClient,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import type { Vault } from '../../sandbox/backup-api/place';
import type { CopyRequest } from '../../sandbox/backup-api/seams';
import { Directory } from '../../sandbox/organizations-api/directory';
import { createEnforcer, type Enforcer } from '../../sandbox/policy/enforcer';
import { actAs } from '../../sandbox/tools/act-as';
import { type Moto, startMoto } from '../../sandbox/tools/moto';
import { admitting, aVault, copyOf, granting, ownersAccess, READING, ROLE, root, sharing, trust } from './a-copy';
import { aSetup } from './a-directory';
import { DESTINATION, MANAGEMENT, OUTSIDER, SOURCE } from './backup-client';
import { describeWithMoto, document } from './policed';

const MANAGED = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';
const DENIED = 'Access Denied trying to call AWS Backup service';
const NO_KEY = 'Given key ID is not accessible';

describeWithMoto('the permission to copy', () => {
  let moto: Moto;
  let enforcer: Enforcer;
  let directory: Directory;
  let sourceIam: IAMClient;
  let destinationIam: IAMClient;
  let sourceKms: KMSClient;
  let destinationKms: KMSClient;
  let resourceKey: string;
  let vaultKey: string;
  let copyKey: string;
  let copy: CopyRequest;

  beforeAll(async () => {
    moto = await startMoto();
    const config = { endpoint: moto.url, credentials: { accessKeyId: 'x', secretAccessKey: 'y' } };
    const iam = (account: string) => actAs(account, new IAMClient({ ...config, region: 'us-east-1' }));
    const kms = (account: string, region: string) => actAs(account, new KMSClient({ ...config, region }));
    [sourceIam, destinationIam] = [iam(SOURCE), iam(DESTINATION)];
    [sourceKms, destinationKms] = [kms(SOURCE, 'us-east-1'), kms(DESTINATION, 'eu-west-1')];
    await makeRole();
    await destinationIam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'backup.amazonaws.com' }));
    const keyOf = async (client: KMSClient, ...statements: object[]) =>
      (await client.send(new CreateKeyCommand({ Policy: document(...statements) }))).KeyMetadata?.Arn ?? '';
    resourceKey = await keyOf(sourceKms, ownersAccess(SOURCE), sharing(...READING), granting());
    vaultKey = await keyOf(sourceKms, ownersAccess(SOURCE));
    copyKey = await keyOf(destinationKms, ownersAccess(DESTINATION));
  }, 60_000);
  afterAll(() => moto.stop());

  beforeEach(() => {
    directory = new Directory(aSetup(MANAGEMENT), new Date());
    enforcer = createEnforcer({ moto: moto.url, organization: directory });
    copy = aCopy('EBS');
  });
  afterEach(() => enforcer.close());

  const makeRole = async () => {
    const AssumeRolePolicyDocument = trust({ Condition: { StringEquals: { 'aws:SourceAccount': SOURCE } } });
    await sourceIam.send(new CreateRoleCommand({ RoleName: 'backup', Path: '/teams/', AssumeRolePolicyDocument }));
    await sourceIam.send(new AttachRolePolicyCommand({ RoleName: 'backup', PolicyArn: MANAGED }));
  };

  const aCopy = (type: string): CopyRequest =>
    copyOf(type, type === 'S3' ? vaultKey : resourceKey, { source: vaultKey, destination: copyKey });

  const keyPolicy = (client: KMSClient, KeyId: string, ...statements: object[]) =>
    client.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: document(...statements) }));
  const permitted = (more: Partial<CopyRequest> = {}) => enforcer.permitCopy({ ...copy, ...more });
  const withVaults = (source: Partial<Vault>, destination: Partial<Vault>) => ({
    source: { ...copy.source, ...source },
    destination: { ...copy.destination, ...destination },
  });
  /** Puts something back after a look at what AWS says without it. */
  const without = async (remove: () => Promise<unknown>, restore: () => Promise<unknown>) => {
    await remove();
    enforcer.forget();
    const said = await permitted();
    await restore();
    enforcer.forget();
    expect(await permitted()).toBeUndefined();
    return said;
  };

  test.each(['EBS', 'EC2', 'RDS', 'Aurora', 'FSx'])('is given for %s where every grant is there', async (type) => {
    expect(await enforcer.permitCopy(aCopy(type))).toBeUndefined();
  });

  test('fails without the role, and with one that trusts somebody else or another account', async () => {
    const refusal = (arn: string) => `The provided role ${arn} cannot be assumed by AWS Backup.`;
    const pathless = ROLE.replace('teams/', '');
    expect(await permitted({ roleArn: pathless })).toBe(refusal(pathless));
    const trusting = (PolicyDocument: string) => () =>
      sourceIam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'backup', PolicyDocument }));
    const restore = trusting(trust());
    for (const bad of [
      trust({}, 'ec2.amazonaws.com'),
      trust({ Condition: { StringEquals: { 'aws:SourceAccount': OUTSIDER } } }),
    ])
      expect(await without(trusting(bad), restore)).toBe(refusal(ROLE));
    const detach = () => sourceIam.send(new DetachRolePolicyCommand({ RoleName: 'backup', PolicyArn: MANAGED }));
    const gone = async () => {
      await detach();
      await sourceIam.send(new DeleteRoleCommand({ RoleName: 'backup' }));
    };
    expect(await without(gone, makeRole)).toBe(refusal(ROLE));
  });

  test('fails without what the role may do', async () => {
    const detach = () => sourceIam.send(new DetachRolePolicyCommand({ RoleName: 'backup', PolicyArn: MANAGED }));
    const attach = () => sourceIam.send(new AttachRolePolicyCommand({ RoleName: 'backup', PolicyArn: MANAGED }));
    expect(await without(detach, attach)).toBe(DENIED);
    const deny = (Action: string) => () =>
      sourceIam.send(
        new PutRolePolicyCommand({
          RoleName: 'backup',
          PolicyName: 'no',
          PolicyDocument: document({ Effect: 'Deny', Action, Resource: '*' }),
        }),
      );
    const allow = () => sourceIam.send(new DeleteRolePolicyCommand({ RoleName: 'backup', PolicyName: 'no' }));
    for (const action of ['CopyFromBackupVault', 'CopyIntoBackupVault', 'DescribeBackupVault'])
      expect(await without(deny(`backup:${action}`), allow)).toBe(DENIED);
    expect(await without(deny('ec2:ModifySnapshotAttribute'), allow)).toContain('not authorized');
  });

  test('fails where a service control policy of the source says so, whose targets it reads', async () => {
    const elsewhere = { 'ForAllValues:ArnNotLike': { 'backup:CopyTargets': [copy.destination.arn] } };
    const scp = (Condition: object) => {
      const Deny = { Effect: 'Deny', Action: 'backup:CopyFromBackupVault', Resource: '*', Condition };
      const content = document(Deny);
      const policy = { id: 'p-1', isAwsManaged: false, name: 'n', description: '', content };
      directory.enabledTypes.add('SERVICE_CONTROL_POLICY');
      directory.policies.set('p-1', { ...policy, type: 'SERVICE_CONTROL_POLICY' });
      const ids = directory.lineOf(SOURCE).map(({ id }) => id);
      for (const id of ids) directory.attachments.set(id, new Set(['p-FullAWSAccess', 'p-1']));
    };
    scp(elsewhere);
    expect(await permitted()).toBeUndefined();
    expect(await permitted(withVaults({}, { arn: copy.destination.arn.replace('main', 'other') }))).toBe(DENIED);
    scp({ 'ForAnyValue:StringLike': { 'backup:CopyTargetOrgPaths': 'o-abc1234567/r-abc1/*' } });
    expect(await permitted()).toBe(DENIED);
    directory.policies.delete('p-1');
    directory.attachments.set(SOURCE, new Set());
    expect(await permitted()).toBe(DENIED);
  });

  test('fails without the policy of the vault, or with one that means others', async () => {
    const deny = { Effect: 'Deny', Principal: '*', Action: 'backup:CopyFromBackupVault', Resource: '*' };
    expect(await permitted(withVaults({}, { policy: undefined }))).toBe(DENIED);
    expect(await permitted(withVaults({}, { policy: admitting(OUTSIDER) }))).toBe(DENIED);
    expect(await permitted(withVaults({ policy: document(deny) }, {}))).toBe(DENIED);
    const ofOrganization = (id: string) =>
      document({
        Effect: 'Allow',
        Principal: '*',
        Action: 'backup:CopyIntoBackupVault',
        Resource: '*',
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': id },
          'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-abc1234567/r-abc1/ou-abc1-workloads/*' },
          ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/teams/backup' },
        },
      });
    expect(await permitted(withVaults({}, { policy: ofOrganization('o-abc1234567') }))).toBeUndefined();
    expect(await permitted(withVaults({}, { policy: ofOrganization('o-another') }))).toBe(DENIED);
  });

  test('fails without any one grant of the key of the resource', async () => {
    const put =
      (...statements: object[]) =>
      () =>
        keyPolicy(sourceKms, resourceKey, ownersAccess(SOURCE), ...statements);
    const restore = put(sharing(...READING), granting());
    for (const action of READING) {
      const others = READING.filter((other) => other !== action);
      expect(await without(put(sharing(...others), granting()), restore)).toBe(NO_KEY);
    }
    expect(await without(put(sharing(...READING)), restore)).toBe(NO_KEY);
    expect(await without(put(sharing(...READING), granting('false')), restore)).toBe(NO_KEY);
    await put()();
    enforcer.forget();
    expect(await enforcer.permitCopy(aCopy('EC2'))).toContain('AMI snapshot copy failed with error: Given key ID');
    expect(await enforcer.permitCopy(aCopy('Aurora'))).toBe(
      `The source snapshot KMS key [${resourceKey}] does not exist, is not enabled or you do not have permissions to access it.`,
    );
    await restore();
  });

  test('fails with a key that is not there, is disabled, or is AWS’s own', async () => {
    const gone = resourceKey.replace(/[^/]*$/, '11111111-1111-4111-8111-111111111111');
    const ofAws = resourceKey.replace(/key\/.*$/, 'alias/aws/ebs');
    for (const EncryptionKeyArn of [gone, ofAws])
      expect(await permitted({ recoveryPoint: { ...copy.recoveryPoint, EncryptionKeyArn } })).toBe(NO_KEY);
    expect(await permitted({ recoveryPoint: { ...copy.recoveryPoint, EncryptionKeyArn: undefined } })).toBeUndefined();
    // Moto takes only ids for these two.
    for (const [client, KeyId] of [
      [sourceKms, resourceKey.split('/').at(-1)],
      [destinationKms, copyKey.split('/').at(-1)],
    ] as const)
      expect(
        await without(
          () => client.send(new DisableKeyCommand({ KeyId })),
          () => client.send(new EnableKeyCommand({ KeyId })),
        ),
      ).toBe(NO_KEY);
  });

  test('fails where the key of the destination, or AWS Backup’s own role there, does not do its part', async () => {
    const put =
      (...statements: object[]) =>
      () =>
        keyPolicy(destinationKms, copyKey, ...statements);
    const nobody = { ...ownersAccess(DESTINATION), Principal: { Service: 'ec2.amazonaws.com' } };
    const restore = put(ownersAccess(DESTINATION));
    expect(await without(put(nobody), restore)).toBe(NO_KEY);
    await put(nobody)();
    enforcer.forget();
    expect(await enforcer.permitCopy(aCopy('RDS'))).toContain(`The target snapshot KMS key [${copyKey}]`);
    await restore();
    enforcer.forget();
    const remove = () => destinationIam.send(new DeleteRoleCommand({ RoleName: 'AWSServiceRoleForbackup' }));
    const make = () =>
      destinationIam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'backup.amazonaws.com' }));
    expect(await without(remove, make)).toBe(DENIED);
  });

  test('needs the key of the source’s vault for what AWS Backup manages in full', async () => {
    copy = aCopy('S3');
    expect(await permitted()).toContain(`The KMS key ${vaultKey} of the source`);
    expect(await permitted(withVaults({ hasServiceKey: true }, {}))).toBeUndefined();
    const reading = {
      Effect: 'Allow',
      Principal: root(DESTINATION),
      Action: ['kms:DescribeKey', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:CreateGrant'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' } },
    };
    await keyPolicy(sourceKms, vaultKey, ownersAccess(SOURCE), reading);
    enforcer.forget();
    expect(await permitted()).toBeUndefined();
    await keyPolicy(sourceKms, vaultKey, ownersAccess(SOURCE));
  });

  test('lets the role of the source use the key of an air-gapped destination', async () => {
    const type = 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT';
    expect(await permitted(withVaults({}, { type, hasServiceKey: true }))).toBeUndefined();
    expect(await permitted(withVaults({}, { type }))).toBe(NO_KEY);
    const using = {
      Effect: 'Allow',
      Principal: root(SOURCE),
      Action: [
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:CreateGrant',
      ],
      Resource: '*',
      Condition: { StringLike: { 'kms:ViaService': 'backup.*.amazonaws.com' } },
    };
    await keyPolicy(destinationKms, copyKey, ownersAccess(DESTINATION), using);
    enforcer.forget();
    expect(await permitted(withVaults({}, { type }))).toBeUndefined();
    await keyPolicy(destinationKms, copyKey, ownersAccess(DESTINATION));
  });

  test('needs nobody else inside one account', async () => {
    const destination = aVault(SOURCE, 'us-east-1', vaultKey, { name: 'second' });
    const EncryptionKeyArn = resourceKey.replace(/key\/.*$/, 'alias/aws/ebs');
    const recoveryPoint = { ...copy.recoveryPoint, EncryptionKeyArn };
    expect(await permitted({ destination })).toBeUndefined();
    expect(await permitted({ destination, recoveryPoint })).toBeUndefined();
  });
});
