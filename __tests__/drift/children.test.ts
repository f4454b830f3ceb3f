import { setTimeout as wait } from 'node:timers/promises';
import { Children } from '../../lib/terraform/children';
import { aliveAmong, descendantsOf } from '../../sandbox/tools/process-tree';

const here = { cwd: '.', env: process.env };

describe('children of a command', () => {
  test('tell how they ended and what they said', async () => {
    const ended = await new Children().run('sh', ['-c', 'echo out; echo err >&2; exit 3'], here);
    expect(ended).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  test('are killed with all below them, and no others begin', async () => {
    const children = new Children();
    const ended = children.run('sh', ['-c', 'sleep 60 & sleep 60; true'], here);
    const sleeping = () => descendantsOf(process.pid).filter((pid) => aliveAmong([pid])[0]?.endsWith('sleep 60'));
    while (sleeping().length < 2) await wait(20);
    const pids = sleeping();
    children.stop();
    expect((await ended).code).toBe(1);
    for (let tries = 0; tries < 50 && aliveAmong(pids).length > 0; tries += 1) await wait(20);
    expect(aliveAmong(pids)).toEqual([]);
    expect((await children.run('sh', ['-c', 'echo more'], here)).stdout).toBe('');
  });
});
