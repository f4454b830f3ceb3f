import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DeleteRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import type { DriftReport, StackReport } from '../../lib/drift/report';
import { copyConfig } from '../../sandbox/trial/project';
import type { Trial } from '../../sandbox/trial/trial';
import { temporaryFolder } from '../support/temporary-folder';
import { aTrial, describeE2e, E2E_TIMEOUT_MS, succeeded } from './e2e';
import { PLANTED } from './planted-drift';

const CONFIG = join(__dirname, 'drift.yaml');
const folder = temporaryFolder();

interface Ran {
  readonly code: number;
  readonly report: DriftReport;
  readonly stderr: string;
}

/** Runs the real `npm run drift` in the folder of a trial. */
const drift = ({ deployment, operators, project }: Trial, config: string, args: readonly string[] = []): Promise<Ran> =>
  new Promise((done) => {
    const command = [resolve('scripts/run.cjs'), resolve('ops/drift.ts'), '--json', ...args];
    const env = { ...deployment.environment(operators.management), BACKUP_CONFIG: config };
    execFile(process.execPath, command, { cwd: project.folder, env }, (error, stdout, stderr) => {
      const report = stdout === '' ? { stacks: [], unownedStates: [], unlisted: stderr } : JSON.parse(stdout);
      done({ code: error ? Number(error.code) : 0, report, stderr });
    });
  });

/** The same config with a longer retention, and a further site in each role whose stacks nobody has applied. */
const extended = () =>
  copyConfig(CONFIG, join(folder, 'extended.json'), (config) => {
    const { plans, sources, destinations } = config as never as Record<string, Record<string, never>>;
    const { daily } = plans as never as Record<string, { rules: { deleteAfterDays: number; copies: unknown }[] }>;
    Object.assign(plans as object, { far: structuredClone(daily) });
    for (const rule of (plans as never as { far: { rules: { copies: unknown }[] } }).far.rules)
      rule.copies = [{ to: 'vault/eu-central-1', deleteAfterDays: 365 }];
    Object.assign(daily?.rules[0] as object, { deleteAfterDays: 42 });
    const { vault } = destinations as never as { vault: { regions: object } };
    Object.assign(vault.regions, { 'eu-central-1': {} });
    const { production } = sources as never as { production: { regions: Record<string, object>; plans?: unknown } };
    delete production.plans;
    Object.assign(production.regions['us-east-1'] as object, { plans: ['daily'] });
    Object.assign(production.regions, { 'us-west-2': { plans: ['far'] } });
  });
