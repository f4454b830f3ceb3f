import { join } from 'node:path';
import { DescribeBackupVaultCommand, ListBackupPlansCommand } from '@aws-sdk/client-backup';
import { CloudFormationClient, ListStackInstancesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  DescribeEffectivePolicyCommand,
  DescribeResourcePolicyCommand,
  ListDelegatedAdministratorsCommand,
  ListPoliciesForTargetCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { audit } from '../../lib/audit/audit';
import { askAsDeployer } from '../../sandbox/trial/clients';
import { copyOnDemand, runPlans } from '../../sandbox/trial/copies';
import { CREATED_WITH_ACCOUNT, makeAdministratorRole } from '../../sandbox/trial/found-organization';
import { type Credentials, sandboxEnvironment } from '../../sandbox/trial/identities';
import { memberSites } from '../../sandbox/trial/members';
import type { Trial } from '../../sandbox/trial/trial';
import { makeWorkload } from '../../sandbox/workload/workload';
import { aTrial, describeE2e, E2E_TIMEOUT_MS, succeeded } from '../e2e/e2e';
import { operate } from '../jobs/operate';

const [ROOT, OUTER, INNER] = ['r-abc1', 'ou-abc1-workload', 'ou-abc1-ledger00'] as const;
const DELEGATE = '222222222222';
const NEWCOMER = '888888888888';
const HERE = { accountId: NEWCOMER, region: 'eu-central-1' };
const DESTINATION = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination';
const BASELINE_VAULT = 'cab-source-org';

describeE2e('rollouts that are deployed', () => {
  let trial: Trial;
  const asManagement = async <Answer>(ask: (client: OrganizationsClient) => Promise<Answer>) => {
    const { aws, operators } = trial;
    const client = new OrganizationsClient({
      region: 'us-east-1',
      endpoint: aws.url,
      credentials: operators.management,
    });
    return ask(client).finally(() => client.destroy());
  };
  const memberOf = (unit: string) =>
    trial.aws.organizations.directory.setup.accounts.find(({ parentId, id }) => parentId === unit && id !== NEWCOMER)
      ?.id;
  const copiesTo = (destination: string) =>
    [...trial.aws.backup.world.place(NEWCOMER, HERE.region).copyJobs.values()].filter(
      ({ DestinationBackupVaultArn }) => DestinationBackupVaultArn === destination,
    );

  beforeAll(async () => {
    trial = await aTrial(join(__dirname, 'rollouts.yaml'));
    succeeded(await trial.deployment.deploy());
  }, E2E_TIMEOUT_MS);
  afterAll(() => trial?.stop());

  test('plan without a change', async () => {
    expect(await trial.deployment.changes()).toEqual({});
  });

  test('leave an audit nothing to find, by the deploy roles that bootstrap has made', async () => {
    const { aws, operators, project } = trial;
    const ambient = { endpoint: aws.url, credentials: operators.management };
    const timer = { now: Date.now, wait: async () => {} };
    const options = { jobs: 4, onProgress: () => {}, timer };
    const { findings, accounts } = await audit(project.config, project.topology, ambient, options);
    expect(findings).toEqual([]);
    expect(accounts).toBe(5);
  });

  test('have their policies on their units, managed by the account that is let to', async () => {
    const namesOn = (TargetId: string) =>
      asManagement(async (client) => {
        const asked = new ListPoliciesForTargetCommand({ TargetId, Filter: 'BACKUP_POLICY' });
        return (await client.send(asked)).Policies?.map(({ Name }) => Name);
      });
    expect(await namesOn(OUTER)).toEqual(['cab-workloads-1']);
    expect(await namesOn(INNER)).toEqual(['cab-ledgers-1']);
    const { DelegatedAdministrators } = await asManagement((client) =>
      client.send(
        new ListDelegatedAdministratorsCommand({
          ServicePrincipal: 'member.org.stacksets.cloudformation.amazonaws.com',
        }),
      ),
    );
    expect(DelegatedAdministrators?.map(({ Id }) => Id)).toEqual([DELEGATE]);
    const { ResourcePolicy } = await asManagement((client) => client.send(new DescribeResourcePolicyCommand({})));
    expect(ResourcePolicy?.Content).toContain(`arn:aws:iam::${DELEGATE}:role/BackupDeployer`);
  });

  test('come to both plans in the inner unit, and to one in the outer', async () => {
    const plansOf = (TargetId: string | undefined) =>
      asManagement(async (client) => {
        const asked = new DescribeEffectivePolicyCommand({ PolicyType: 'BACKUP_POLICY', TargetId });
        const { EffectivePolicy } = await client.send(asked);
        return Object.keys(JSON.parse(EffectivePolicy?.PolicyContent ?? '').plans);
      });
    const [daily, weekly] = ['cab-daily-eu-central-1-org', 'cab-weekly-eu-central-1-org'];
    expect(await plansOf(memberOf(INNER))).toEqual([daily, weekly]);
    expect(await plansOf(memberOf(OUTER))).toEqual([daily]);
  });

  describe('reach an account that joins a unit afterwards:', () => {
    let administrator: Credentials;
    beforeAll(async () => {
      const { aws, operators } = trial;
      // It comes with somebody in it.
      administrator = await operators.administrator(NEWCOMER);
      await makeAdministratorRole(aws.motoUrl, NEWCOMER, CREATED_WITH_ACCOUNT, trial.project.topology.management);
      aws.organizations.directory.add({ id: NEWCOMER, name: 'newcomer', parentId: INNER, email: 'new@example.com' });
      await aws.stackSets.settled();
    });

    test('its baseline is there, and its plans', async () => {
      const { aws, operators } = trial;
      const credentials = await operators.of(DELEGATE);
      const client = new CloudFormationClient({ region: HERE.region, endpoint: aws.url, credentials });
      const { Summaries } = await client.send(
        new ListStackInstancesCommand({
          StackSetName: 'cab-baseline-units',
          CallAs: 'DELEGATED_ADMIN',
          StackInstanceAccount: NEWCOMER,
        }),
      );
      client.destroy();
      expect(Summaries).toMatchObject([{ Region: HERE.region, Status: 'CURRENT', OrganizationalUnitId: OUTER }]);
      const place = aws.backup.world.place(NEWCOMER, HERE.region);
      expect(place.vaults.get(BASELINE_VAULT)).toMatchObject({ keyArn: expect.stringContaining(`:${NEWCOMER}:key/`) });
      const names = [...aws.backup.plansIn(NEWCOMER, HERE.region).values()].map(
        ({ content }) => content.BackupPlanName,
      );
      expect(names).toEqual(['cab-daily-eu-central-1-org', 'cab-weekly-eu-central-1-org']);
    });

    test('its plans run, and their copies arrive', async () => {
      const { aws, project } = trial;
      const kms = new KMSClient({ region: HERE.region, endpoint: aws.url, credentials: administrator });
      const [site] = memberSites(project.topology, aws.organizations.directory).filter(
        ({ accountId }) => accountId === NEWCOMER,
      );
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: site?.resourceKeyAlias }));
      kms.destroy();
      const sharedKeyArn = KeyMetadata?.Arn;
      await makeWorkload(aws.motoUrl, HERE, { tags: { Backup: 'true' }, types: ['EBS'], sharedKeyArn });
      await makeWorkload(aws.motoUrl, HERE, { tags: { Ledger: 'true' }, types: ['EFS'], sharedKeyArn });
      await runPlans(aws);
      const copies = copiesTo(DESTINATION);
      expect(copies.map(({ ResourceType, State }) => `${ResourceType} ${State}`).sort()).toEqual([
        ...['EBS COMPLETED', 'EBS COMPLETED'],
        ...['EFS COMPLETED', 'EFS COMPLETED'],
      ]);
      const arrived = aws.backup.world.vaultAt(DESTINATION)?.recoveryPoints;
      for (const { DestinationRecoveryPointArn = '' } of copies)
        expect(arrived?.has(DestinationRecoveryPointArn)).toBe(true);
    });

    const asOperator = (command: string, ...args: string[]) => {
      const { aws, operators, project } = trial;
      const env = {
        ...sandboxEnvironment(aws.url, operators.management, 'us-east-1'),
        BACKUP_CONFIG: project.configFile,
      };
      return operate(command, [...args, '--json'], { env });
    };

    test('a copy on demand is kept as the rule says that made the backup, of whichever rollout', async () => {
      const [copied] = copiesTo(DESTINATION).filter(({ ResourceType }) => ResourceType === 'EFS');
      const point = copied?.SourceRecoveryPointArn ?? '';
      const { code, out, err } = await asOperator(
        'copy',
        '--recovery-point',
        point,
        '--to',
        'vault/eu-west-1',
        '--again',
      );
      expect([code, err]).toEqual([0, expect.stringContaining('is started')]);
      const made = trial.aws.backup.world.vaultAt(DESTINATION)?.recoveryPoints.get(JSON.parse(out).recoveryPointArn);
      expect(made?.Lifecycle).toMatchObject({ DeleteAfterDays: 400 });
    });

    test('status tells that they have', async () => {
      const { code, out, err } = await asOperator('status', '--source', NEWCOMER);
      expect([code, err]).toEqual([0, expect.stringContaining('accounts and Regions read')]);
      const { edges, vaults, jobs, unread } = JSON.parse(out);
      const here = { from: `${NEWCOMER}/eu-central-1`, to: 'vault/eu-west-1', verdict: 'met' };
      expect(edges).toMatchObject([
        { ...here, plan: 'daily' },
        { ...here, plan: 'weekly' },
      ]);
      expect(edges.map(({ lastCopied }: { lastCopied: string }) => lastCopied)).toEqual(
        Array(2).fill(expect.stringMatching(/^20\d\d-/)),
      );
      expect(vaults.map(({ vault, count }: { vault: string; count: number }) => [vault, count])).toEqual([
        [here.from, 4],
        [here.to, 5],
      ]);
      expect({ jobs, unread }).toEqual({ jobs: [], unread: [] });
    });

    test('outside of the unit it keeps what it has, gets no plan, and copies nothing more', async () => {
      const { aws, operators } = trial;
      const ask = askAsDeployer(aws.url, { ...operators, of: async () => administrator });
      const [copied] = copiesTo(DESTINATION);
      const copyAgain = () =>
        copyOnDemand(
          aws,
          HERE,
          {
            RecoveryPointArn: copied?.SourceRecoveryPointArn,
            SourceBackupVaultName: BASELINE_VAULT,
            DestinationBackupVaultArn: DESTINATION,
            IamRoleArn: copied?.IamRoleArn,
            Lifecycle: { DeleteAfterDays: 365 },
          },
          ask,
        );
      expect(await copyAgain()).toMatchObject({ State: 'COMPLETED' });
      aws.organizations.directory.move(NEWCOMER, ROOT);
      await aws.stackSets.settled();
      expect(await copyAgain()).toMatchObject({
        State: 'FAILED',
        StatusMessage: 'Access Denied trying to call AWS Backup service',
      });
      expect((await ask(HERE, (client) => client.send(new ListBackupPlansCommand({})))).BackupPlansList).toEqual([]);
      const vault = await ask(HERE, (client) =>
        client.send(new DescribeBackupVaultCommand({ BackupVaultName: BASELINE_VAULT })),
      );
      expect(vault.NumberOfRecoveryPoints).toBeGreaterThan(0);
      expect(aws.stackSets.stackSets.leftBehind).toContainEqual({ ...HERE, physicalId: BASELINE_VAULT });
    });
  });
});
