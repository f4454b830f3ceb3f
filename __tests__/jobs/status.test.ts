import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { Entry } from '../../lib/accounts/entry';
import { isMet, renderStatus } from '../../lib/jobs/render-status';
import { readStatus, type StatusOptions } from '../../lib/jobs/status';
import { makeWorkload } from '../../sandbox/workload/workload';
import { describeWithMoto, document } from '../sandbox/policed';
import { aConfig, aPlan } from '../support/a-config';
import { aDeployedOrganization, type DeployedOrganization } from './a-deployed-organization';

const HOUR_MS = 3_600_000;
const at = (text: string) => new Date(text);
const rule = (name: string, to: string) => ({
  name,
  schedule: 'cron(0 3 ? * * *)',
  startWindowMinutes: 60,
  deleteAfterDays: 35,
  copies: [{ to, deleteAfterDays: 365 }],
});

/** Two sources: one copies to two destinations, the other one in a second Region has nothing to back up. */
const CONFIG = aConfig({
  deployRole: 'Deployer',
  destinations: {
    vault: { accountId: '222222222222', regions: ['eu-west-1'] },
    archive: { accountId: '333333333333', regions: ['eu-central-1'] },
  },
  sources: {
    production: { accountId: '111111111111', regions: ['us-east-1'], plans: ['files', 'tables'] },
    staging: { accountId: '444444444444', regions: ['us-west-2'], plans: ['files'] },
  },
  plans: {
    files: aPlan({
      rules: [rule('nightly', 'vault/eu-west-1')],
      selections: [{ name: 'files', tags: { Backup: 'true' }, resourceTypes: ['EFS', 'EBS'] }],
    }),
    tables: aPlan({
      rules: [rule('nightly', 'archive/eu-central-1')],
      selections: [{ name: 'tables', tags: { Backup: 'true' }, resourceTypes: ['DynamoDB'] }],
    }),
  },
});
const PRODUCTION = { accountId: '111111111111', region: 'us-east-1' };
const ARCHIVE = { accountId: '333333333333', region: 'eu-central-1' };

describeWithMoto('status', () => {
  let organization: DeployedOrganization;
  let now = at('2026-11-19T02:00:00Z');

  const read = async (options: Partial<StatusOptions> = {}, role?: string) => {
    const { aws, topology, credentials } = organization;
    const entry = new Entry(topology, { endpoint: aws.url, credentials }, { name: 'test', role });
    try {
      return await readStatus(entry, topology, {
        now,
        sources: undefined,
        since: new Date(now.getTime() - 7 * 24 * HOUR_MS),
        graceHours: 4,
        rpoHours: undefined,
        expectsBackups: false,
        onProgress: () => {},
        ...options,
      });
    } finally {
      entry.close();
    }
  };
  const verdicts = async (options: Partial<StatusOptions> = {}) =>
    Object.fromEntries((await read(options)).edges.map(({ from, to, verdict }) => [`${from} → ${to}`, verdict]));

  const FILES = 'production/us-east-1 → vault/eu-west-1';
  const TABLES = 'production/us-east-1 → archive/eu-central-1';
  const STAGING = 'staging/us-west-2 → vault/eu-west-1';

  beforeAll(async () => {
    organization = await aDeployedOrganization(CONFIG, { clock: () => now });
    const { aws } = organization;
    const tags = { Backup: 'true' };
    await makeWorkload(aws.motoUrl, PRODUCTION, { tags, types: ['EFS', 'DynamoDB'] });
  });
  afterAll(() => organization?.stop());

  test('calls a copy due when its run, the start window and the grace have passed', async () => {
    expect(await verdicts()).toEqual({ [FILES]: 'not due', [TABLES]: 'not due', [STAGING]: 'not due' });
    now = at('2026-11-19T03:05:00Z');
    await organization.runPlans();
    now = at('2026-11-19T07:59:00Z');
    expect(await verdicts()).toEqual({ [FILES]: 'met', [TABLES]: 'met', [STAGING]: 'not due' });
    now = at('2026-11-19T08:01:00Z');
    expect(await verdicts()).toEqual({ [FILES]: 'met', [TABLES]: 'met', [STAGING]: 'no backups' });
    expect(await verdicts({ expectsBackups: true })).toMatchObject({ [FILES]: 'met', [STAGING]: 'missed' });
  });

  test('shows what is clean', async () => {
    const status = await read();
    expect(isMet(status)).toBe(true);
    expect(status.jobs).toEqual([]);
    expect(status.unread).toEqual([]);
    const [files] = status.edges;
    expect(files).toMatchObject({
      plan: 'files',
      rule: 'nightly',
      resources: 1,
      late: [],
      newestBackup: at('2026-11-19T03:05:00Z'),
    });
    expect(status.vaults).toContainEqual(
      expect.objectContaining({ vault: 'vault/eu-west-1', count: 1, nextExpiry: at('2027-11-19T03:05:00Z') }),
    );
  });

  test('names what has failed, with AWS’s words and ours, and which resource is late for it', async () => {
    const admin = await organization.administrator(PRODUCTION);
    const { KeyMetadata } = await new KMSClient(admin).send(new CreateKeyCommand({}));
    const unsharedKeyArn = KeyMetadata?.Arn;
    await makeWorkload(organization.aws.motoUrl, PRODUCTION, {
      tags: { Backup: 'true' },
      types: ['EBS'],
      unsharedKeyArn,
    });
    const closed = organization.aws.backup.world.vaultAt(
      `arn:aws:backup:${ARCHIVE.region}:${ARCHIVE.accountId}:backup-vault:cab-destination`,
    );
    if (closed)
      closed.policy = document({ Effect: 'Deny', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*' });
    now = at('2026-11-20T03:05:00Z');
    await organization.runPlans();
    now = at('2026-11-20T09:00:00Z');

    const status = await read();

    expect(isMet(status)).toBe(false);
    const [files, tables] = status.edges;
    expect(files).toMatchObject({ verdict: 'missed', resources: 3, late: [{ newestBackup: undefined }] });
    expect(tables).toMatchObject({
      verdict: 'missed',
      resources: 1,
      late: [{ newestBackup: at('2026-11-19T03:05:00Z') }],
    });
    expect(status.jobs.map(({ kind, state, message, known }) => ({ kind, state, message, known }))).toEqual([
      {
        kind: 'copy',
        state: 'FAILED',
        message: expect.stringMatching(/Access Denied|Given key/),
        known: expect.stringMatching(/vault does not let|key of the resource/),
      },
      {
        kind: 'copy',
        state: 'FAILED',
        message: expect.stringMatching(/Access Denied|Given key/),
        known: expect.stringMatching(/vault does not let|key of the resource/),
      },
    ]);
    const text = renderStatus(status);
    expect(text).toMatch(/^ {4}Given key ID is not accessible$/m);
    expect(text).toMatch(/^ {4}why: AWS Backup's service-linked role of the destination/m);
    expect(text).toMatch(/^ {4}what to do: /m);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test('knows a late edge from one that was late, and takes an objective in hours', async () => {
    expect(await verdicts({ rpoHours: 48 })).toMatchObject({ [TABLES]: 'met' });
    expect(await verdicts({ rpoHours: 24 })).toMatchObject({ [TABLES]: 'missed' });
    now = at('2026-11-21T09:00:00Z');
    const { edges } = await read();
    expect(edges.map(({ verdict }) => verdict)).toEqual(['missed', 'missed', 'no backups']);
    expect(edges[0]?.reason).toBe('nothing was backed up in the run of 2026-11-21T03:00:00.000Z');
  });

  test('looks at the sources that are named alone, and knows them', async () => {
    expect(await verdicts({ sources: ['staging'] })).toEqual({ [STAGING]: 'no backups' });
    await expect(verdicts({ sources: ['nobody'] })).rejects.toThrow(
      'there is no source nobody: there are production/us-east-1, staging/us-west-2',
    );
  });

  test('says of an account that cannot be entered which and why, and judges the others', async () => {
    const { edges, unread } = await read({}, 'Nobody');
    expect(edges.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(unread[0]?.reason).toMatch(
      /^account \d{12} cannot be entered by arn:aws:iam::999999999999:user\/operator: no role of the account can be assumed; arn:aws:iam::\d{12}:role\/Nobody: the permission sts:AssumeRole is missing/,
    );
  });
});
