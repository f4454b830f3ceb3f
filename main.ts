import { ConfigError, renderProblem } from './lib/config/config-error';
import { policyFiles, writePolicyFiles } from './lib/report/policy-files';
import { renderSummary } from './lib/report/render-summary';
import { stackRows } from './lib/report/stack-rows';
import { removeStaleStacks } from './lib/report/stale-stacks';
import { loadReviewedConfig } from './lib/review/review';
import { resolveTopology } from './lib/topology/resolve-topology';
import { buildStacks } from './stacks/build-stacks';
import { organizationApp } from './stacks/organization-app';

try {
  const file = process.env.BACKUP_CONFIG || 'backup.yaml';
  const { config, warnings } = loadReviewedConfig(file);
  const topology = resolveTopology(config);

  const app = organizationApp();
  const stacks = buildStacks(
    app,
    topology,
    warnings.map((warning) => renderProblem(file, warning)),
  );
  app.synth();
  writePolicyFiles(app.outdir, policyFiles(topology));

  // The cdktf command clears the folder, draws its own table and tells the warnings itself.
  const isRunByCdktf = process.env.CDKTF_OUTDIR !== undefined;
  if (!isRunByCdktf) {
    removeStaleStacks(
      app.outdir,
      stacks.map(({ site }) => site.stackName),
    );
    for (const warning of warnings) console.error(`warning: ${renderProblem(file, warning)}`);
    const rows = stackRows(app.outdir, topology);
    console.log(process.argv.includes('--json') ? JSON.stringify(rows, null, 2) : renderSummary(rows));
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
