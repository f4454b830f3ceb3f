import { dirname, resolve } from 'node:path';
import type { Config } from '../config/config';
import type { Topology } from '../topology/topology';
import type { OperatorFiles } from './actors';
import { policyAt } from './placed';
import { type Proof, prove } from './proof';
import { ProofError } from './proof-error';
import { readJson, readSynthesized } from './synthesized';

/** What a proof is about. */
export interface ProofSubject {
  readonly config: Config;
  /** The config's file, beside which the files are that it names. */
  readonly configFile: string;
  readonly topology: Topology;
  /** The folder that holds the stacks. */
  readonly outdir: string;
}

/**
 * Proves what lies in a folder.
 * @throws ProofError when it cannot be judged: the folder holds no stacks, or a file is missing or is no policy
 */
export const proveFolder = ({ config, configFile, topology, outdir }: ProofSubject): Proof =>
  prove(topology, readSynthesized(outdir), operatorFiles(config, dirname(configFile)));

function operatorFiles({ deployRolePolicyFile, guardrails }: Config, folder: string): OperatorFiles {
  const policyIn = (file: string) => {
    const policy = policyAt(file, readJson(resolve(folder, file)));
    if (policy.isOfResource) throw new ProofError(`${file} must not name principals: it is no policy of a resource`);
    return policy;
  };
  return {
    deployRolePolicy: deployRolePolicyFile === undefined ? undefined : policyIn(deployRolePolicyFile),
    extraServiceControl: guardrails.extraScpFiles.map(policyIn),
  };
}
