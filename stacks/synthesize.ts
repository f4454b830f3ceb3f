import { policyFiles, writePolicyFiles } from '../lib/report/policy-files';
import type { Topology } from '../lib/topology/topology';
import { buildStacks } from './build-stacks';
import { organizationApp } from './organization-app';

/** Writes the stacks of an organization into a folder, and beside them the policies that others have to set. */
export function synthesize(topology: Topology, warnings: readonly string[], outdir: string): void {
  const app = organizationApp(outdir);
  buildStacks(app, topology, warnings);
  app.synth();
  writePolicyFiles(outdir, policyFiles(topology));
}
