import {
  BackupClient,
  CreateBackupVaultCommand,
  DeleteBackupVaultCommand,
  DescribeBackupJobCommand,
  DescribeBackupVaultCommand,
  DescribeCopyJobCommand,
  ListBackupVaultsCommand,
  PutBackupVaultAccessPolicyCommand,
  StartBackupJobCommand,
  StartCopyJobCommand,
  UpdateGlobalSettingsCommand,
} from '@aws-sdk/client-backup';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  DescribeOrganizationCommand,
  EnableAWSServiceAccessCommand,
  LeaveOrganizationCommand,
  ListAccountsCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { DESTINATION, MANAGEMENT, OUTSIDER, SOURCE } from './backup-client';
import { describeWithMoto, document } from './policed';
import { type ClientConfig, type PolicedWorld, startPolicedWorld, VOLUME } from './policed-world';

const SCP = 'with an explicit deny in a service control policy';

describeWithMoto('the permission to call AWS Backup and Organizations', () => {
  let world: PolicedWorld;

  beforeAll(async () => {
    world = await startPolicedWorld();
    await backup(world.administrator(SOURCE)).send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  }, 60_000);
  afterAll(() => world.stop());
  afterEach(() => world.control());

  const backup = (config: ClientConfig) => new BackupClient(config);
  const organizations = (config: ClientConfig) => new OrganizationsClient(config);
  const remove = (config: ClientConfig) =>
    backup(config).send(new DeleteBackupVaultCommand({ BackupVaultName: 'main' }));

  test('is the caller’s own policies’ to give', async () => {
    const reader = await world.user('reader', {
      Effect: 'Allow',
      Action: 'backup:List*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1', 'aws:username': 'reader' } },
    });
    await backup(reader).send(new ListBackupVaultsCommand({}));
    await expect(remove(reader)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::${SOURCE}:user/people/reader is not authorized to perform: backup:DeleteBackupVault on resource: arn:aws:backup:us-east-1:${SOURCE}:backup-vault:main because no identity-based policy allows the backup:DeleteBackupVault action`,
    });
    const elsewhere = backup({ ...reader, region: 'eu-west-1' }).send(new ListBackupVaultsCommand({}));
    await expect(elsewhere).rejects.toThrow('no identity-based policy');
    const nobody = { ...reader, credentials: { accessKeyId: 'unknown', secretAccessKey: 'x' } };
    await expect(backup(nobody).send(new ListBackupVaultsCommand({}))).rejects.toThrow('no identity-based policy');
  });

  test('is taken away by service control policies, but for whom they except, and for the management account', async () => {
    const Condition = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ci/deploy' } };
    world.control({ Effect: 'Deny', Action: 'backup:Delete*', Resource: '*', Condition });
    await expect(remove(world.administrator(SOURCE))).rejects.toThrow(SCP);
    await expect(remove(world.root(SOURCE))).rejects.toThrow(SCP);
    for (const account of [MANAGEMENT, OUTSIDER]) {
      const client = backup(world.administrator(account));
      await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
      await client.send(new DeleteBackupVaultCommand({ BackupVaultName: 'main' }));
    }
    await remove(await world.session('deploy'));
    await backup(world.administrator(SOURCE)).send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  });

  test('is taken away by the policy of a vault, from root users too', async () => {
    const Policy = document({ Effect: 'Deny', Principal: '*', Action: 'backup:DeleteBackupVault', Resource: '*' });
    const put = new PutBackupVaultAccessPolicyCommand({ BackupVaultName: 'main', Policy });
    await backup(world.administrator(SOURCE)).send(put);
    for (const config of [world.administrator(SOURCE), world.root(SOURCE)])
      await expect(remove(config)).rejects.toThrow('with an explicit deny in a resource-based policy');
    const BackupVaultName = `arn:aws:backup:us-east-1:${SOURCE}:backup-vault:main`;
    const look = backup(world.administrator(DESTINATION)).send(new DescribeBackupVaultCommand({ BackupVaultName }));
    await expect(look).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('is never given past a policy that nobody can read', async () => {
    world.control({ Sid: 'Odd', Effect: 'Deny', Action: '*', Resource: '*', Condition: { Odd: { 'a:b': '' } } });
    const list = () => backup(world.administrator(SOURCE)).send(new ListBackupVaultsCommand({}));
    await expect(list()).rejects.toThrow('because the sandbox cannot judge it: service control policy, Odd: Odd a:b');
    // A condition key that no request has is merely absent.
    world.control({ Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringEquals: { 'a:b': 'c' } } });
    await list();
  });

  test('lets no member leave where a service control policy says so', async () => {
    const leave = (account: string) =>
      organizations(world.administrator(account)).send(new LeaveOrganizationCommand({}));
    world.control({ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' });
    for (const account of [SOURCE, DESTINATION])
      await expect(leave(account)).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringMatching(new RegExp(`organizations:LeaveOrganization on resource: \\* ${SCP}$`)),
      });
    await expect(leave(MANAGEMENT)).rejects.toMatchObject({ name: 'MasterCannotLeaveOrganizationException' });
    world.control();
    const { accounts } = world.directory.setup;
    await leave(SOURCE);
    expect(world.directory.isMember(SOURCE)).toBe(false);
    world.directory.setup.accounts = accounts;
  });

  test('lets members ask about the organization by their own policies', async () => {
    const member = organizations(world.administrator(DESTINATION));
    await member.send(new DescribeOrganizationCommand({}));
    await expect(member.send(new ListAccountsCommand({}))).rejects.toThrow("don't have permissions");
    const management = organizations(world.administrator(MANAGEMENT));
    const service = { ServicePrincipal: 'backup.amazonaws.com' };
    await management.send(new EnableAWSServiceAccessCommand(service));
    await management.send(new RegisterDelegatedAdministratorCommand({ ...service, AccountId: DESTINATION }));
    await member.send(new ListAccountsCommand({}));
  });

  test('decides how a copy job ends', async () => {
    const settings = { GlobalSettings: { isCrossAccountBackupEnabled: 'true' } };
    await backup(world.administrator(MANAGEMENT)).send(new UpdateGlobalSettingsCommand(settings));
    const source = backup(world.administrator(SOURCE));
    const destination = backup(world.administrator(DESTINATION));
    const { KeyMetadata } = await new KMSClient(world.administrator(DESTINATION)).send(new CreateKeyCommand({}));
    const BackupVaultName = 'copies';
    const { BackupVaultArn: DestinationBackupVaultArn } = await destination.send(
      new CreateBackupVaultCommand({ BackupVaultName, EncryptionKeyArn: KeyMetadata?.Arn }),
    );
    const iam = new IAMClient(world.administrator(SOURCE));
    const trust = { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const made = { RoleName: 'backup', AssumeRolePolicyDocument: document(trust) };
    const { Role } = await iam.send(new CreateRoleCommand(made));
    const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'backup', PolicyArn }));
    const given = { BackupVaultName: 'main', ResourceArn: VOLUME, IamRoleArn: Role?.Arn };
    const { BackupJobId } = await source.send(new StartBackupJobCommand(given));
    await world.backup.world.settled();
    const { RecoveryPointArn } = await source.send(new DescribeBackupJobCommand({ BackupJobId }));
    const end = async () => {
      const copied = { SourceBackupVaultName: 'main', RecoveryPointArn, DestinationBackupVaultArn };
      const { CopyJobId } = await source.send(new StartCopyJobCommand({ ...copied, IamRoleArn: Role?.Arn }));
      await world.backup.world.settled();
      const { CopyJob } = await source.send(new DescribeCopyJobCommand({ CopyJobId }));
      return [CopyJob?.State, CopyJob?.StatusMessage];
    };

    expect(await end()).toEqual(['FAILED', 'Access Denied trying to call AWS Backup service']);
    const Principal = { AWS: SOURCE };
    const Policy = document({ Effect: 'Allow', Principal, Action: 'backup:CopyIntoBackupVault', Resource: '*' });
    await destination.send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName, Policy }));
    expect(await end()).toEqual(['COMPLETED', undefined]);
  });

  test('costs next to nothing once everything has been read', async () => {
    const arn = `arn:aws:iam::${SOURCE}:user/people/administrator`;
    const resource = { arn: `arn:aws:backup:us-east-1:${SOURCE}:backup-vault:main`, accountId: SOURCE };
    const ask = () =>
      world.enforcer.authorize({
        caller: { accountId: SOURCE, arn },
        action: 'backup:DescribeBackupVault',
        resource,
        resourcePolicy: undefined,
        region: 'us-east-1',
        context: {},
      });
    await ask();
    const start = process.cpuUsage();
    const answers = new Set<string | undefined>();
    for (let count = 0; count < 1000; count++) answers.add(await ask());
    const { user, system } = process.cpuUsage(start);

    expect([...answers]).toEqual([undefined]);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});
