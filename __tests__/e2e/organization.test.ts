import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DescribeRecoveryPointCommand } from '@aws-sdk/client-backup';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { copyBack } from '../../sandbox/trial/copies';
import { makeOperator, sandboxEnvironment } from '../../sandbox/trial/identities';
import {
  anOrganization,
  DESTINATION_VAULT,
  EDGES,
  type EdgeName,
  FRANKFURT,
  IRELAND,
  type Organization,
  PRODUCTION,
  SOURCE_VAULT,
  vaultArn,
} from './an-organization';
import { describeE2e, E2E_TIMEOUT_MS } from './e2e';
import { GRANTS } from './grants';
import { belongings, tamper } from './tampering';

const run = promisify(execFile);
const DAY_MS = 86_400_000;
const OUTSIDER = '777777777777';

describeE2e('an organization that is deployed', () => {
  let organization: Organization;
  let daysLater = 0;
  const edges = Object.entries(EDGES) as [EdgeName, (typeof EDGES)[EdgeName]][];

  beforeAll(async () => {
    organization = await anOrganization(() => new Date(Date.now() + daysLater * DAY_MS));
  }, E2E_TIMEOUT_MS);
  afterAll(() => organization?.trial.stop());

  test('has every recovery point in the vault of its edge, under that vault’s key, for as long as the config says', () => {
    const { copies, trial, workload } = organization;
    const told = workload.made.filter(({ variant }) => variant !== 'untagged');
    expect(copies.map(({ job }) => job.ResourceArn).sort()).toEqual(told.map(({ arn }) => arn).sort());
    for (const { job, made } of copies) {
      const [, edge] = edges.find(([, { from }]) => from.accountId === job.AccountId) ?? [];
      if (!edge) throw new Error(`a copy from ${job.AccountId}`);
      expect(job.DestinationBackupVaultArn).toBe(vaultArn(edge.to, DESTINATION_VAULT));
      const resource = workload.made.find(({ arn }) => arn === job.ResourceArn);
      if (resource?.type === 'EBS' && resource.variant === 'unshared-key') {
        expect(job).toMatchObject({ State: 'FAILED', StatusMessage: 'Given key ID is not accessible' });
        continue;
      }
      const vault = trial.aws.backup.world.vaultAt(vaultArn(edge.to, DESTINATION_VAULT));
      expect([job.State, made?.EncryptionKeyArn]).toEqual(['COMPLETED', vault?.keyArn]);
      const { CreationDate, CalculatedLifecycle } = made ?? {};
      const days = ((CalculatedLifecycle?.DeleteAt?.getTime() ?? 0) - (CreationDate?.getTime() ?? 0)) / DAY_MS;
      expect(Math.round(days)).toBe(edge.retentionDays);
    }
  });

  test('copies back, under the key of the source', async () => {
    const { copies, trial } = organization;
    const back = await copyBack(trial.aws, trial.project.topology, copies, trial.ask);
    const vault = trial.aws.backup.world.vaultAt(vaultArn(PRODUCTION, SOURCE_VAULT));
    expect(back.map(({ job, made }) => [job.State, made?.EncryptionKeyArn])).toEqual([['COMPLETED', vault?.keyArn]]);
  });

  test('shows its copies to the AWS CLI, and takes orders from it', async () => {
    const { trial } = organization;
    const aws = async (accountId: string, region: string, ...args: string[]) => {
      const env = sandboxEnvironment(trial.aws.url, await trial.operators.of(accountId), region);
      const { stdout } = await run('aws', ['backup', ...args, '--output', 'json'], { env });
      return JSON.parse(stdout) as Record<string, Record<string, string>[]>;
    };
    const to = vaultArn(IRELAND, DESTINATION_VAULT);
    const list = () => aws(PRODUCTION.accountId, 'us-east-1', 'list-copy-jobs', '--by-destination-vault-arn', to);
    const { CopyJobs: before = [] } = await list();
    expect(before.length).toBeGreaterThan(0);
    const { RecoveryPoints = [] } = await aws(
      IRELAND.accountId,
      'eu-west-1',
      ...['list-recovery-points-by-backup-vault', '--backup-vault-name', DESTINATION_VAULT, '--max-results', '10'],
    );
    expect(RecoveryPoints.length).toBe(before.filter(({ State }) => State === 'COMPLETED').length);
    expect(RecoveryPoints[0]).toMatchObject({
      Status: 'COMPLETED',
      SourceBackupVaultArn: vaultArn(PRODUCTION, SOURCE_VAULT),
    });

    const done = before.find(({ State }) => State === 'COMPLETED') ?? {};
    await aws(
      PRODUCTION.accountId,
      'us-east-1',
      ...['start-copy-job', '--recovery-point-arn', `${done.SourceRecoveryPointArn}`],
      ...['--source-backup-vault-name', SOURCE_VAULT, '--destination-backup-vault-arn', to],
      ...['--iam-role-arn', `${done.IamRoleArn}`, '--lifecycle', 'DeleteAfterDays=30'],
    );
    await trial.aws.backup.world.settled();
    const { CopyJobs: after = [] } = await list();
    expect(after.length).toBe(before.length + 1);
    expect(after.map(({ State }) => State)).not.toContain('RUNNING');
  });

  test.each(GRANTS)(
    'fails to copy without $name, and nothing else does',
    async ({ take, fails = ['production'], message }) => {
      const giveBack = await take(organization);
      for (const [edge] of edges) {
        const job = await organization.copyAgain(edge);
        if (fails.includes(edge))
          expect(job).toMatchObject({ State: 'FAILED', StatusMessage: expect.stringMatching(message) });
        else expect(job).toMatchObject({ State: 'COMPLETED' });
      }
      await giveBack();
      expect(await organization.copyAgain('production')).toMatchObject({ State: 'COMPLETED' });
    },
  );

  describe('keeps its recovery points', () => {
    const pointIn = (place: typeof IRELAND, name: string) => {
      const vault = organization.trial.aws.backup.world.vaultAt(vaultArn(place, name));
      const [recoveryPointArn = ''] = vault?.recoveryPoints.keys() ?? [];
      return { region: place.region, vault: name, recoveryPointArn, keyArn: vault?.keyArn ?? '' };
    };

    test.each([
      { name: 'an administrator of the destination', place: IRELAND, vault: DESTINATION_VAULT },
      { name: 'an administrator of a source', place: PRODUCTION, vault: SOURCE_VAULT },
    ])('from $name', async ({ place, vault }) => {
      const { trial } = organization;
      const before = await belongings(trial, place, vault);
      const credentials = await trial.operators.administrator(place.accountId);
      const answers = await tamper({ ...pointIn(place, vault), endpoint: trial.aws.url, credentials });
      expect(new Set(Object.values(answers))).toEqual(new Set(['AccessDeniedException']));
      expect(Object.keys(answers)).toHaveLength(10);
      expect(await belongings(trial, place, vault)).toBe(before);
    });

    test('from an outsider, who finds none of it and can take no role', async () => {
      const { trial } = organization;
      const endpoint = trial.aws.url;
      const credentials = await makeOperator(trial.aws.motoUrl, 'aws', OUTSIDER);
      const before = await belongings(trial, IRELAND, DESTINATION_VAULT);
      const answers = await tamper({ ...pointIn(IRELAND, DESTINATION_VAULT), endpoint, credentials });
      for (const [attempt, answer] of Object.entries(answers))
        expect([attempt, answer]).toEqual([
          attempt,
          expect.stringMatching(
            attempt.includes('key') ? /^AccessDenied/ : /^(AccessDenied|ResourceNotFound)Exception$/,
          ),
        ]);
      const sts = new STSClient({ endpoint, region: 'us-east-1', credentials });
      for (const role of ['OrganizationAccountAccessRole', 'cab-restore-eu-west-1'])
        await expect(
          sts.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::222222222222:role/${role}`, RoleSessionName: 'x' })),
        ).rejects.toMatchObject({ name: 'AccessDenied' });
      sts.destroy();
      expect(await belongings(trial, IRELAND, DESTINATION_VAULT)).toBe(before);
    });

    test('from everybody where a compliance lock has set, those among them who made it', async () => {
      const { trial } = organization;
      daysLater = 4;
      const target = { ...pointIn(FRANKFURT, DESTINATION_VAULT), endpoint: trial.aws.url };
      const before = await belongings(trial, FRANKFURT, DESTINATION_VAULT);
      const attempts = [
        'delete a recovery point',
        'shorten a recovery point',
        'remove the lock',
        'loosen the lock',
        'delete the vault',
      ];
      for (const credentials of [
        await trial.operators.of(FRANKFURT.accountId),
        await trial.operators.administrator(FRANKFURT.accountId),
      ])
        expect(Object.values(await tamper({ ...target, credentials }, attempts))).not.toContain('done');
      expect(await belongings(trial, FRANKFURT, DESTINATION_VAULT)).toBe(before);
      const { recoveryPointArn: RecoveryPointArn } = target;
      const which = { BackupVaultName: DESTINATION_VAULT, RecoveryPointArn };
      await trial.ask(FRANKFURT, (client) => client.send(new DescribeRecoveryPointCommand(which)));
    });
  });
});
