import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Config } from '../../lib/config/config';
import { readYaml } from '../../lib/config/yaml-source';
import { loadReviewedConfig } from '../../lib/review/review';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import type { Topology } from '../../lib/topology/topology';
import { ROOT } from '../tools/root-folder';

/** A folder in which the real cdktf deploys a config, apart from the operator's own. */
export interface Project {
  readonly folder: string;
  /** What to set `BACKUP_CONFIG` to. */
  readonly configFile: string;
  readonly config: Config;
  readonly topology: Topology;
  /** What the config of the trial says otherwise than the operator's; a line each. */
  readonly differences: readonly string[];
}

/**
 * Lays out the folder: a cdktf.json that runs our main.ts, and a copy of the config where the sandbox cannot take it as
 * it is.
 * @throws ConfigError when the config is refused
 */
export function layOut(folder: string, operatorsFile: string): Project {
  mkdirSync(folder, { recursive: true });
  const app = `node ${join(ROOT, 'scripts', 'run.cjs')} ${join(ROOT, 'main.ts')}`;
  writeFileSync(join(folder, 'cdktf.json'), JSON.stringify({ language: 'typescript', app, sendCrashReports: 'false' }));
  const original = resolve(operatorsFile);
  const { config } = loadReviewedConfig(operatorsFile);
  const { state } = config;
  const isTaken = state.backend === 's3' || (state.backend === 'local' && !isAbsolute(state.path));
  if (isTaken) return { folder, configFile: original, config, topology: resolveTopology(config), differences: [] };
  const configFile = copyConfig(original, join(folder, 'config.json'), (copy) => {
    copy.state = { backend: 'local' };
  });
  const copied = loadReviewedConfig(configFile).config;
  const differences = [`state: local instead of ${state.backend}, which is outside of the sandbox`];
  return { folder, configFile, config: copied, topology: resolveTopology(copied), differences };
}

type Raw = Record<string, unknown>;

/** Writes a config that differs from another one, and still finds the files that one names. */
export function copyConfig(from: string, to: string, change: (config: Raw) => void): string {
  const config = structuredClone(readYaml(from).value) as Raw;
  const located = (file: unknown) => (typeof file === 'string' ? resolve(dirname(from), file) : file);
  if (config.deployRolePolicyFile !== undefined) config.deployRolePolicyFile = located(config.deployRolePolicyFile);
  const guardrails = config.guardrails as Raw | undefined;
  if (Array.isArray(guardrails?.extraScpFiles)) guardrails.extraScpFiles = guardrails.extraScpFiles.map(located);
  change(config);
  writeFileSync(to, JSON.stringify(config, null, 2));
  return to;
}

/** Lets every site of a config be destroyed. */
export function allowDestroy(config: Raw): void {
  for (const accounts of [config.destinations, config.sources])
    for (const account of Object.values((accounts ?? {}) as Record<string, { regions: unknown }>)) {
      const { regions } = account;
      const sites = Array.isArray(regions) ? regions.map((region) => [region, {}]) : Object.entries(regions as object);
      account.regions = Object.fromEntries(sites.map(([region, site]) => [region, { ...site, preventDestroy: false }]));
    }
}
