import { spawnSync } from 'node:child_process';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { copyCallerPolicy } from '../../lib/policies/copy-caller-policy';
import { policyJson } from '../../lib/policies/policy-document';
import type { RecoveryPoint } from '../../sandbox/backup-api/place';
import { sandboxEnvironment } from '../../sandbox/trial/identities';
import { makeWorkload } from '../../sandbox/workload/workload';
import { describeWithMoto } from '../sandbox/policed';
import { aConfig, aConfigInput, aPlan } from '../support/a-config';
import { describeWhere } from '../support/describe-where';
import { aDeployedOrganization, type DeployedOrganization } from './a-deployed-organization';
import { configFile, type Operation, operate } from './operate';

const INPUT = aConfigInput({
  deployRole: 'Deployer',
  sources: { production: { accountId: '111111111111', regions: ['us-east-1'], plans: ['daily'], copyBack: true } },
  plans: {
    daily: aPlan({
      selections: [{ name: 'all', tags: { Backup: 'true' }, resourceTypes: ['EFS', 'EBS', 'DynamoDB', 'RDS'] }],
    }),
  },
});
const PRODUCTION = { accountId: '111111111111', region: 'us-east-1' };
const SOURCE_VAULT = 'arn:aws:backup:us-east-1:111111111111:backup-vault:cab-source';
const DESTINATION_VAULT = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination';
const NO_SCRIPT = spawnSync('script', ['--version']).error ? 'there is no script of util-linux' : undefined;

describeWithMoto('the commands of the day after', () => {
  jest.setTimeout(120_000);
  let organization: DeployedOrganization;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    organization = await aDeployedOrganization(aConfig(INPUT), { jobDelayMilliseconds: 1000 });
    env = { ...organization.env, BACKUP_CONFIG: configFile(INPUT) };
    const types = ['EFS', 'EBS', 'DynamoDB', 'RDS'];
    await makeWorkload(organization.aws.motoUrl, PRODUCTION, { tags: { Backup: 'true' }, types });
    await organization.runPlans();
  }, 120_000);
  afterAll(() => organization?.stop());

  const run = (command: string, args: readonly string[], options: Partial<Operation> = {}) =>
    operate(command, args, { env, ...options });
  const pointIn = (vaultArn: string, type: string): RecoveryPoint => {
    const points = organization.aws.backup.world.vaultAt(vaultArn)?.recoveryPoints.values() ?? [];
    const point = [...points].find(({ ResourceType }) => ResourceType === type);
    if (!point) throw new Error(`no ${type} in ${vaultArn}`);
    return point;
  };
  const jobsIn = (accountId: string, region: string) => organization.aws.backup.world.place(accountId, region);

  describe('status', () => {
    test('is read in a pipe, within 120 columns', async () => {
      const { code, out, err } = await run('status', []);
      expect([code, err]).toEqual([0, expect.stringMatching(/^1 of 2 accounts and Regions read\n/)]);
      expect(out).toMatch(/^production\/us-east-1 +daily +\d{4}-\d\d-\d\d \d\d:\d\d +0 h \d min +met$/m);
      expect(out).toMatch(/^vault\/eu-west-1 +cab-destination +4 +/m);
      expect(out).toMatch(/^Copies: 1 met\. 0 jobs without a later one that ended well\.$/m);
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    });

    test('is JSON for programs', async () => {
      const { code, out } = await run('status', ['--json', '--since', '1d']);
      expect([code, JSON.parse(out)]).toEqual([
        0,
        expect.objectContaining({ edges: [expect.objectContaining({ to: 'vault/eu-west-1' })], jobs: [], unread: [] }),
      ]);
    });
  });

  describe('copy', () => {
    test('finds the copy that the rule has made, and makes another one when that is wanted', async () => {
      const { RecoveryPointArn: arn } = pointIn(SOURCE_VAULT, 'EFS');
      const args = ['--recovery-point', arn, '--to', 'vault/eu-west-1', '--json'];
      const found = await run('copy', args);
      expect([found.code, JSON.parse(found.out)]).toEqual([0, expect.objectContaining({ wasThere: true })]);

      const { code, out, err } = await run('copy', [...args, '--delete-after-days', '700']);

      const { recoveryPointArn, ...made } = JSON.parse(out);
      expect([code, made]).toEqual([0, expect.objectContaining({ wasThere: false, vaultArn: DESTINATION_VAULT })]);
      expect(err).toMatch(/^copy job [\w-]+ is started\ncopy job [\w-]+: (?:created|running)\n$/);
      const point = organization.aws.backup.world.vaultAt(DESTINATION_VAULT)?.recoveryPoints.get(recoveryPointArn);
      expect(point?.Lifecycle?.DeleteAfterDays).toBe(700);
      const again = await run('copy', [...args, '--delete-after-days', '700']);
      expect(JSON.parse(again.out)).toMatchObject({ recoveryPointArn, wasThere: true });
    });

    test('needs no more than the policy of its caller', async () => {
      const [site] = organization.topology.sources;
      if (!site) throw new Error('no source');
      const iam = new IAMClient(await organization.administrator(PRODUCTION));
      const user = { UserName: 'copier' };
      await iam.send(new CreateUserCommand(user));
      const PolicyDocument = policyJson(copyCallerPolicy(site));
      await iam.send(new PutUserPolicyCommand({ ...user, PolicyName: 'copy', PolicyDocument }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand(user));
      const keys = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
      const own = sandboxEnvironment(organization.aws.url, keys, 'us-east-1');
      const { RecoveryPointArn: arn } = pointIn(SOURCE_VAULT, 'DynamoDB');

      const copied = await run('copy', ['--recovery-point', arn, '--to', 'vault/eu-west-1', '--again'], {
        env: { ...own, BACKUP_CONFIG: env.BACKUP_CONFIG },
      });

      expect([copied.code, copied.out]).toEqual([0, expect.stringContaining(`in ${DESTINATION_VAULT}`)]);
      expect(copied.out + copied.err).not.toContain(keys.secretAccessKey);
    });
  });

  describe('copy-back', () => {
    test('goes to where the recovery point came from, after a look at the grants', async () => {
      const { RecoveryPointArn: arn } = pointIn(DESTINATION_VAULT, 'EFS');
      const dry = await run('copy-back', ['--recovery-point', arn, '--dry-run']);
      expect([dry.code, dry.out.split('\n').filter((line) => line.startsWith('there')).length]).toEqual([0, 6]);

      const { code, out, err } = await run('copy-back', ['--recovery-point', arn]);

      const [made = '', where] = out.split('\n');
      expect([code, where]).toEqual([0, `in ${SOURCE_VAULT}`]);
      expect(organization.aws.backup.world.vaultAt(SOURCE_VAULT)?.recoveryPoints.has(made)).toBe(true);
      expect(err).toMatch(/^copy job [\w-]+ is started$/m);
    });

    test('is picked up by a second run after the first one was killed', async () => {
      const { RecoveryPointArn: arn } = pointIn(DESTINATION_VAULT, 'RDS');
      const args = ['--recovery-point', arn, '--to', 'production'];
      const killed = await run('copy-back', args, { interrupt: { signal: 'SIGKILL', when: /is started/ } });
      expect(killed.code).toBe(null);

      const { code, err } = await run('copy-back', args);

      expect(code).toBe(0);
      expect(err).toMatch(/^copy job [\w-]+ is there already$/m);
      const { copyJobs } = jobsIn('222222222222', 'eu-west-1');
      expect([...copyJobs.values()].filter((job) => job.SourceRecoveryPointArn === arn)).toHaveLength(1);
    });

    test('leaves its job running on Ctrl-C, and says how to wait for it again', async () => {
      const { RecoveryPointArn: arn } = pointIn(DESTINATION_VAULT, 'EBS');
      const interrupt = { signal: 'SIGINT', when: /is started/ } as const;
      const { code, err } = await run('copy-back', ['--recovery-point', arn], { interrupt });
      expect(code).toBe(130);
      expect(err).toMatch(/interrupted: copy job [\w-]+ goes on in AWS: run the same command again to wait for it/);
      await organization.aws.backup.world.settled();
    });

    test('starts nothing where a grant lacks, and says which', async () => {
      const vault = organization.aws.backup.world.vaultAt(SOURCE_VAULT);
      const policy = vault?.policy;
      if (vault) vault.policy = undefined;
      const { RecoveryPointArn: arn } = pointIn(DESTINATION_VAULT, 'DynamoDB');
      const { code, err } = await run('copy-back', ['--recovery-point', arn]);
      if (vault) vault.policy = policy;
      expect(code).toBe(1);
      expect(err).toMatch(/^LACKS {4}vault cab-source of production\/us-east-1 lets it copy in$/m);
      expect(err).toMatch(/backup:CopyIntoBackupVault on \S+: no resource policy/);
      expect(err).toMatch(/what to do: deploy source-production-us-east-1$/m);
      expect(err).toMatch(
        /^a grant lacks for a copy back to production\/us-east-1: nothing was started; --anyway tries/m,
      );
    });
  });

  describe('restore', () => {
    test.each([
      ['RDS', 'DBInstanceIdentifier=orders-2', /^arn:aws:rds:us-east-1:111111111111:db:/],
      ['DynamoDB', 'targetTableName=orders-2', /^arn:aws:dynamodb:us-east-1:111111111111:table\//],
    ])('of %s is made with %s', async (type, pair, made) => {
      const arn = pointIn(SOURCE_VAULT, type).RecoveryPointArn;
      const { code, out } = await run('restore', ['--recovery-point', arn, '--set', pair]);
      expect([code, out]).toEqual([0, expect.stringMatching(made)]);
    });

    test('of EBS says what lacks, is made once, and is found by a second run', async () => {
      const arn = pointIn(SOURCE_VAULT, 'EBS').RecoveryPointArn;
      const bare = await run('restore', ['--recovery-point', arn]);
      expect([bare.code, bare.err]).toEqual([
        1,
        expect.stringMatching(/availabilityZone lacks: give it with --set availab/),
      ]);
      const args = ['--recovery-point', arn, '--set', 'availabilityZone=us-east-1a'];
      const killed = await run('restore', args, { interrupt: { signal: 'SIGKILL', when: /is started/ } });
      expect(killed.code).toBe(null);

      const { code, out } = await run('restore', [...args, '--json']);

      const made = expect.stringMatching(/^arn:aws:ec2:us-east-1:111111111111:volume\/vol-\w+-restored-/);
      expect([code, JSON.parse(out)]).toEqual([
        0,
        expect.objectContaining({ wasThere: true, createdResourceArn: made }),
      ]);
      const { restoreJobs } = jobsIn('111111111111', 'us-east-1');
      expect([...restoreJobs.values()].filter((job) => job.RecoveryPointArn === arn)).toHaveLength(1);
    });

    test('shows its request with --dry-run, and leaves out what is unset', async () => {
      const arn = pointIn(DESTINATION_VAULT, 'EBS').RecoveryPointArn;
      const args = ['--recovery-point', arn, '--set', 'availabilityZone=eu-west-1a', '--unset', 'originalresource'];
      const { code, out } = await run('restore', [...args, '--dry-run', '--json']);
      const { metadata, roleArn } = JSON.parse(out);
      expect([code, roleArn]).toEqual([0, 'arn:aws:iam::222222222222:role/cab-restore-eu-west-1']);
      expect(Object.keys(metadata)).toEqual(['aws:backup:request-id', 'availabilityZone']);
      expect(jobsIn('222222222222', 'eu-west-1').restoreJobs.size).toBe(0);
    });
  });

  test.each([
    ['copy', ['--recovery-point', 'x'], /required option '--to <vault>' not specified/],
    [
      'copy',
      ['--recovery-point', 'arn:aws:ec2:us-east-1::snapshot/snap-1', '--to', 'vault'],
      /--to must be <destination>\/<region>/,
    ],
    [
      'copy',
      ['--recovery-point', 'arn:aws:ec2:us-east-1::snapshot/snap-1', '--to', 'vault/eu-west-1'],
      /snap-1 is not found: it is in no vault of production\/us-east-1$/m,
    ],
    [
      'copy-back',
      ['--recovery-point', 'arn:aws:ec2:us-east-1::snapshot/snap-1'],
      /the config has no vault there \(Region us-east-1\)/,
    ],
    [
      'restore',
      ['--recovery-point', 'arn:aws:ec2:us-east-1::snapshot/snap-1', '--set', 'zone'],
      /^--set must be <key>=<value>, got zone$/m,
    ],
    ['status', ['--since', 'yesterday'], /It must be hours or days, such as 36h or 7d/],
    [
      'status',
      ['--role', 'Nobody'],
      /^ {4}jobs and plans of production\/us-east-1, vault production\/us-east-1: account 111111111111 cannot be/m,
    ],
  ])('%s refuses %j in a line', async (command, args, text) => {
    const { code, out, err } = await run(command, args);
    expect(code).toBe(1);
    expect(out + err).toMatch(text);
    expect(err).not.toMatch(/^ {4}at /m);
  });

  describeWhere({ missing: NO_SCRIPT, what: 'the commands in a terminal' }, 'in a terminal', () => {
    test('status rewrites one line while it reads, and leaves the result', async () => {
      const { code, out } = await run('status', [], { terminalColumns: 120 });
      expect(code).toBe(0);
      expect(out).toContain('\u001b[2K2 of 2 accounts and Regions read');
      expect(out).toMatch(/Copies: 1 met\./);
    });

    test('a copy tells how far it is', async () => {
      const { RecoveryPointArn: arn } = pointIn(SOURCE_VAULT, 'DynamoDB');
      const args = ['--recovery-point', arn, '--to', 'vault/eu-west-1', '--again'];
      const { code, out } = await run('copy', args, { terminalColumns: 100 });
      expect(code).toBe(0);
      expect(out).toMatch(/copy job [\w-]+ is started\r\n[^\n]*copy job [\w-]+: (?:created|running)/);
    });
  });
});
