import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** A moto that listens, until it is stopped. */
export interface Moto {
  readonly url: string;
  stop(): Promise<void>;
}

/** Why moto cannot be started here; nothing when it can. */
export function motoIsMissing(): string | undefined {
  try {
    execFileSync('moto_server', ['--help'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'no moto_server on the PATH: pip install "moto[server]"';
  }
}

/** AWS's managed policies are there only when asked for; an account from the environment would be that of every key. */
const { MOTO_ACCOUNT_ID: _, ...INHERITED } = process.env;
const ENV = { ...INHERITED, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' };

/** Starts moto on a free loopback port, and stops it with this process at the latest. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  // A group of its own: what is on the PATH may be a shim that leaves a child behind.
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    detached: true,
    env: ENV,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = () => {
    try {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  process.once('exit', end);
  const url = `http://127.0.0.1:${port}`;
  await answers(url, ended).catch((error) => {
    end();
    throw error;
  });
  return {
    url,
    stop: async () => {
      process.removeListener('exit', end);
      end();
      await ended;
    },
  };
}

const START_MILLISECONDS = 30_000;

async function answers(url: string, ended: Promise<void>): Promise<void> {
  let isOver = false;
  ended.then(() => {
    isOver = true;
  });
  const until = Date.now() + START_MILLISECONDS;
  while (Date.now() < until && !isOver) {
    try {
      await fetch(`${url}/moto-api/`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('moto_server does not start');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
