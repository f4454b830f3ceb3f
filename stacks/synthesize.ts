import type { ImportsFile } from '../lib/config/imports-file';
import { policyFiles, writePolicyFiles } from '../lib/report/policy-files';
import type { Topology } from '../lib/topology/topology';
import { buildStacks } from './build-stacks';
import { importExisting } from './import-existing';
import { organizationApp } from './organization-app';

/**
 * Writes the stacks of an organization into a folder, and beside them the policies that others have to set.
 * @param existing - what is taken over by the next apply
 */
export function synthesize(
  topology: Topology,
  warnings: readonly string[],
  outdir: string,
  existing?: ImportsFile,
): void {
  const app = organizationApp(outdir);
  const stacks = buildStacks(app, topology, warnings);
  if (existing) importExisting(stacks, existing);
  app.synth();
  writePolicyFiles(outdir, policyFiles(topology));
}
