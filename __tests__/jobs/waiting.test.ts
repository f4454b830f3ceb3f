import { BackupClient, ListCopyJobsCommand } from '@aws-sdk/client-backup';
import { tokenOf } from '../../lib/jobs/copy-job';
import { fittingRetention, refuseUncopyable } from '../../lib/jobs/retention';
import { inAccount } from '../../lib/jobs/rollout-sources';
import { type JobState, waitFor } from '../../lib/jobs/wait';
import { ask } from '../../lib/live/ask';
import { LiveError } from '../../lib/live/live-error';
import { wrapped } from '../../lib/report/wrapped';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aRolloutConfig } from '../support/a-rollout';

const POINT = 'arn:aws:backup:us-east-1:111111111111:recovery-point:1';
const now = new Date('2026-11-21T00:00:00Z');

describe('waitFor', () => {
  const waited = async (looks: readonly (JobState | LiveError)[]) => {
    const told: string[] = [];
    const left = [...looks];
    const look = async (): Promise<JobState> => {
      const next = left.shift();
      if (next === undefined) throw new Error('one look too many');
      if (next instanceof LiveError) throw next;
      return next;
    };
    const options = { what: 'copy job 1', onProgress: (text: string) => told.push(text), pausesMs: [1] };
    const end = await waitFor(look, options).catch((error: Error) => error.message);
    return { end, told, left: left.length };
  };

  test('looks again after a lost connection, and tells how far the job is', async () => {
    const lost = await ask('backup:DescribeCopyJob', () => unreachable().send(new ListCopyJobsCommand({}))).catch(
      (error: LiveError) => error,
    );
    expect(lost).toMatchObject({ isPassing: true, message: expect.stringContaining('AWS cannot be reached') });
    const { end, told } = await waited([
      { state: 'RUNNING', percentDone: '12.5' },
      lost as LiveError,
      { state: 'FAILED', message: 'no' },
    ]);
    expect(end).toEqual({ state: 'FAILED', message: 'no' });
    expect(told).toEqual([
      'copy job 1: running, 13 %',
      expect.stringMatching(/AWS cannot be reached: .*; trying again$/),
    ]);
  });

  test('stops where nothing but an operator helps, and says how to go on', async () => {
    const { end } = await waited([{ state: 'RUNNING' }, new LiveError('the credentials do not hold: expired')]);
    expect(end).toBe(
      'the credentials do not hold: expired; copy job 1 goes on in AWS: run the same command again to wait for it, which starts no other one',
    );
  });
});

/** A client of an address where nobody listens. */
const unreachable = () =>
  new BackupClient({
    endpoint: 'http://127.0.0.1:9',
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    maxAttempts: 1,
  });

describe('tokenOf', () => {
  test('is the same for the same order until a job has come of it', () => {
    expect(tokenOf({ to: 'a' }, undefined)).toBe(tokenOf({ to: 'a' }, undefined));
    expect(tokenOf({ to: 'a' }, undefined)).not.toBe(tokenOf({ to: 'b' }, undefined));
    expect(tokenOf({ to: 'a' }, undefined)).not.toBe(tokenOf({ to: 'a' }, 'job-1'));
  });
});

describe('what a copy is refused for', () => {
  test.each([
    [{ Status: 'PARTIAL' }, POINT, /its status is PARTIAL$/],
    [{ Status: 'COMPLETED', StorageClass: 'COLD' }, POINT, /it is in cold storage; Let moveToColdStorageAfterDays/],
    [{ Status: 'AVAILABLE' }, POINT.replace('point:1', 'point:continuous:1'), /it is a continuous backup/],
  ] as const)('%j', (described, arn, text) => {
    expect(() => refuseUncopyable(arn, described)).toThrow(text);
  });

  test.each([
    [
      10,
      undefined,
      'a copy kept for 10 days would expire at once: the days count from the backup, which is 20 days old',
    ],
    [
      30,
      { minRetentionDays: 90, maxRetentionDays: 400, changeableForDays: undefined },
      'must be kept for 90 to 400 days in that vault, got 30',
    ],
  ])('a retention of %i days', (DeleteAfterDays, lock, text) => {
    const point = { CreationDate: new Date('2026-11-01T00:00:00Z') };
    expect(() => fittingRetention({ DeleteAfterDays }, point, lock, now)).toThrow(text);
  });
});

describe('inAccount', () => {
  test('says the account in every name and ARN of a member of a rollout', () => {
    const [member] = resolveTopology(aRolloutConfig()).organizationPolicies?.rollouts[0]?.members ?? [];
    const site = member && inAccount(member, '555555555555');
    expect(JSON.stringify(member)).toContain('$account');
    expect(JSON.stringify(site)).not.toContain('$account');
    expect(site?.vault.vaultArn).toMatch(/^arn:aws:backup:[\w-]+:555555555555:backup-vault:cab-source-org$/);
    expect(site?.name).toBe('555555555555');
  });
});

describe('wrapped', () => {
  test('breaks between words, behind separators, and within what is too long', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapped('daily-kept-35-days', 12)).toEqual(['daily-kept-', '35-days']);
    expect(wrapped('aaaaaaaaaaaa', 5)).toEqual(['aaaaa', 'aaaaa', 'aa']);
  });
});
