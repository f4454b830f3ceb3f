import { operate } from '../jobs/operate';

const SOURCE_VAULT = 'arn:aws:backup:us-east-1:111111111111:backup-vault:cab-source';
const DESTINATION_VAULT = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination';

/** What a terminal is told before a line of progress takes the place of another. */
const LINE_REWRITTEN = '\u001b[2K';

/**
 * What an operator does the day after, on one source and one destination that are deployed and have copied: looks, copies
 * back past all guardrails, restores that, and copies it out again.
 * @param env - the variables that lead to AWS, and BACKUP_CONFIG
 * @param copied - the recovery point in the destination
 */
export async function operateTheDayAfter(env: NodeJS.ProcessEnv, copied: string): Promise<void> {
  const run = async (command: string, ...args: string[]) => {
    const { code, out, err } = await operate(command, [...args, '--json'], { env });
    if (code !== 0) throw new Error(`${command}: exit code ${code}: ${err}`);
    return JSON.parse(out);
  };
  const status = await run('status');
  expect(status).toMatchObject({ edges: [{ verdict: 'met' }], jobs: [], unread: [] });
  // Two recovery points at home, which went out, and of which one has come back.
  expect(status.vaults.map(({ count }: { count: number }) => count)).toEqual([3, 2]);

  const looked = await operate('audit', [], { env, terminalColumns: 100 });
  expect(looked).toMatchObject({ code: 0, out: expect.stringContaining(LINE_REWRITTEN) });
  expect(looked.out).toMatch(/(?<!\d)0 errors, 0 warnings\b/);
  const adopted = await operate('adopt', ['--dry-run'], { env, terminalColumns: 100 });
  expect(adopted.out).toContain(LINE_REWRITTEN);
  expect(adopted.out).toMatch(/(?<!\d)[1-9]\d* taken over, \d+ to make, 0 refused/);

  const back = await run('copy-back', '--recovery-point', copied, '--again');
  expect(back).toMatchObject({ vaultArn: SOURCE_VAULT, wasThere: false });
  expect(back.grants.map(({ isThere }: { isThere: unknown }) => isThere)).toEqual(Array(6).fill(true));

  const known = ['file-system-id=fs-1', 'newFileSystem=false'].flatMap((pair) => ['--set', pair]);
  const restored = await run('restore', '--recovery-point', back.recoveryPointArn, ...known);
  expect(restored.createdResourceArn).toMatch(/^arn:aws:elasticfilesystem:us-east-1:111111111111:file-system\//);

  const out = await run('copy', '--recovery-point', back.recoveryPointArn, '--to', 'vault/eu-west-1');
  expect(out).toMatchObject({ vaultArn: DESTINATION_VAULT, wasThere: false });
  const after = await run('status');
  expect(after.vaults.map(({ count }: { count: number }) => count)).toEqual([4, 3]);
}
