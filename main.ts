import { rmSync } from 'node:fs';
import { ConfigError, renderProblem } from './lib/config/config-error';
import { importsFileOf, readImports } from './lib/config/imports-file';
import { renderSummary } from './lib/report/render-summary';
import { stackRows } from './lib/report/stack-rows';
import { publish, stagingFolder } from './lib/report/staging';
import { removeStaleStacks } from './lib/report/stale-stacks';
import { loadReviewedConfig } from './lib/review/review';
import { resolveTopology } from './lib/topology/resolve-topology';
import { synthesize } from './stacks/synthesize';

const UNPROVEN = {
  mayDeploy: true,
  notes: ['warning: SKIP_PROOF is 1: nothing shows that copies are permitted and tampering is denied'],
  summary: [],
};

async function main(): Promise<void> {
  const file = process.env.BACKUP_CONFIG || 'backup.yaml';
  const { config, warnings } = loadReviewedConfig(file);
  const told = warnings.map((warning) => renderProblem(file, warning));
  const topology = resolveTopology(config);

  const outdir = process.env.CDKTF_OUTDIR || 'cdktf.out';
  const staging = stagingFolder(outdir);
  process.once('exit', () => rmSync(staging, { recursive: true, force: true }));
  synthesize(topology, told, staging, readImports(process.env.BACKUP_IMPORTS || importsFileOf(file)));
  const verdict =
    process.env.SKIP_PROOF === '1'
      ? UNPROVEN
      : (await import('./lib/proof/judge.js')).judge({ config, configFile: file, topology, outdir: staging });
  for (const line of verdict.notes) console.error(line);
  if (!verdict.mayDeploy) {
    process.exitCode = 1;
    return;
  }
  publish(staging, outdir);

  // The cdktf command clears the folder, draws its own table and tells the warnings itself.
  if (process.env.CDKTF_OUTDIR !== undefined) return;
  const rows = stackRows(outdir, topology);
  removeStaleStacks(
    outdir,
    rows.map(({ stack }) => stack),
  );
  for (const warning of told) console.error(`warning: ${warning}`);
  console.log(process.argv.includes('--json') ? JSON.stringify(rows, null, 2) : renderSummary(rows, verdict.summary));
}

main().catch((error: unknown) => {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
