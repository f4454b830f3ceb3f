import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ConfigError } from '../lib/config/config-error';
import { ProofError } from '../lib/proof/proof-error';
import { proveFolder } from '../lib/proof/prove-folder';
import { renderProof } from '../lib/proof/render-proof';
import { stagingFolder } from '../lib/report/staging';
import { loadReviewedConfig } from '../lib/review/review';
import { resolveTopology } from '../lib/topology/resolve-topology';
import { synthesize } from '../stacks/synthesize';

const HELP = `npm run prove [-- --no-synth] [--json]

Proves by the policies in the synthesized stacks, before anything is deployed, that every copy of the config is permitted
(by the roles, vaults, keys and guardrails it passes) and that everything is denied by which an administrator, an outside
account or a wrong role could destroy copies. Where a vault's or key's own policy and the guardrails both deny, each has to
do so alone. Every synth does the same; this shows all of it. Reads backup.yaml, or the file that BACKUP_CONFIG names.

  --no-synth   prove what lies in cdktf.out, instead of what the config would synthesize now
  --json       the proof for programs, with every answer that is not as promised
  --help       this text

Exit code 0 when all is as promised; 1 when it is not, whatever acceptFailingProof says, or when the config is refused.`;

try {
  const { values } = parseArgs({
    options: { 'no-synth': { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) console.log(HELP);
  else proveConfig(process.env.BACKUP_CONFIG || 'backup.yaml', values['no-synth'] ?? false, values.json ?? false);
} catch (error) {
  const isUsage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof ConfigError) && !(error instanceof ProofError) && !isUsage) throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}

function proveConfig(configFile: string, isSynthesized: boolean, isJson: boolean): void {
  const { config } = loadReviewedConfig(configFile);
  const topology = resolveTopology(config);
  const temporary = isSynthesized ? undefined : stagingFolder('cdktf.out');
  try {
    if (temporary !== undefined) synthesize(topology, [], temporary);
    const outdir = temporary ?? (process.env.CDKTF_OUTDIR || 'cdktf.out');
    const proof = proveFolder({ config, configFile, topology, outdir });
    console.log(isJson ? JSON.stringify(proof, null, 2) : renderProof(proof));
    if (proof.failures.length > 0) process.exitCode = 1;
  } finally {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }
}
