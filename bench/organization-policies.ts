import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { judge } from '../lib/proof/judge';
import { loadReviewedConfig } from '../lib/review/review';
import { resolveTopology } from '../lib/topology/resolve-topology';
import { synthesize } from '../stacks/synthesize';

/** What a large organization rolls out: no account of the units is named, so their number does not count. */
const UNITS = 50;
const ACCOUNTS = 1_000;
const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'];

const config = {
  organization: { id: 'o-abc1234567', rootId: 'r-abc1' },
  management: {
    accountId: '999999999999',
    region: 'us-east-1',
    globalSettings: { multiPartyApproval: false, delegatedAdministrator: false },
  },
  destinations: { vault: { accountId: '222222222222', regions: ['eu-west-2'] } },
  sources: {},
  organizationPolicies: {
    baseline: { createResourceKey: true },
    rollouts: [
      {
        name: 'all',
        plans: ['daily', 'weekly'],
        regions: REGIONS,
        ous: Array.from(
          { length: UNITS },
          (_, index) => `o-abc1234567/r-abc1/ou-abc1-${String(index).padStart(8, '0')}/`,
        ),
      },
    ],
  },
  plans: Object.fromEntries(
    [
      ['daily', 'cron(0 3 ? * * *)'],
      ['weekly', 'cron(0 5 ? * 1 *)'],
    ].map(([name, schedule]) => [
      name,
      {
        rules: [{ name, schedule, deleteAfterDays: 35, copies: [{ to: 'vault/eu-west-2', deleteAfterDays: 365 }] }],
        selections: [{ name: 'tagged', tags: { Backup: name }, resourceTypes: ['EBS', 'RDS', 'EFS'] }],
      },
    ]),
  ),
};

const folder = mkdtempSync(join(tmpdir(), 'cross-account-backup-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const configFile = join(folder, 'backup.json');
writeFileSync(configFile, JSON.stringify(config));

const start = performance.now();
const loaded = loadReviewedConfig(configFile);
const topology = resolveTopology(loaded.config);
const outdir = join(folder, 'cdktf.out');
synthesize(topology, [], outdir);
const written = performance.now();
const verdict = judge({ config: loaded.config, configFile, topology, outdir });
const proven = performance.now();
const seconds = (from: number, to: number) => `${((to - from) / 1_000).toFixed(2)} s`;
console.log(
  `${ACCOUNTS} accounts in ${UNITS} units and ${REGIONS.length} Regions, one stack for all of them: synthesized in ${seconds(start, written)}, proven in ${seconds(written, proven)}, ${seconds(start, proven)} in all`,
);
for (const line of [...verdict.notes, ...verdict.summary]) console.log(line);
