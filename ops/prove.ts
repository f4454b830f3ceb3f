import { rmSync } from 'node:fs';
import { proveFolder } from '../lib/proof/prove-folder';
import { renderProof } from '../lib/proof/render-proof';
import { stagingFolder } from '../lib/report/staging';
import { loadReviewedConfig } from '../lib/review/review';
import { resolveTopology } from '../lib/topology/resolve-topology';
import { synthesize } from '../stacks/synthesize';
import { command, run } from './cli/command';

interface Options {
  readonly synth: boolean;
  readonly json?: true;
}

run(
  command({
    name: 'prove',
    description: `Proves by the policies in the synthesized stacks, before anything is deployed, that every copy of the config is permitted
(by the roles, vaults, keys and guardrails it passes) and that everything is denied by which an administrator, an outside
account or a wrong role could destroy copies. Where a vault's or key's own policy and the guardrails both deny, each has to
do so alone. Every synth does the same; this shows all of it.`,
    examples: [
      ['npm run prove', 'the stacks that the config would make now'],
      ['npm run prove -- --no-synth', 'those that lie in cdktf.out, as a pipeline is about to deploy them'],
    ],
    exitCodes: {
      0: 'all is as promised',
      1: 'it is not, whatever acceptFailingProof says, or the config is refused',
    },
  })
    .option('--no-synth', 'prove what lies in cdktf.out, instead of what the config would synthesize now')
    .action(prove),
);

function prove({ synth, json }: Options): void {
  const configFile = process.env.BACKUP_CONFIG || 'backup.yaml';
  const { config } = loadReviewedConfig(configFile);
  const topology = resolveTopology(config);
  const temporary = synth ? stagingFolder('cdktf.out') : undefined;
  try {
    if (temporary !== undefined) synthesize(topology, [], temporary);
    const outdir = temporary ?? (process.env.CDKTF_OUTDIR || 'cdktf.out');
    const proof = proveFolder({ config, configFile, topology, outdir });
    console.log(json ? JSON.stringify(proof, null, 2) : renderProof(proof));
    if (proof.failures.length > 0) process.exitCode = 1;
  } finally {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }
}
