import { rmSync } from 'node:fs';
import { ADOPTED_TYPES, type WantedResource } from '../../lib/adopt/wanted';
import { PlacedResources } from '../../lib/proof/placed';
import { readSynthesized } from '../../lib/proof/synthesized';
import { stagingFolder } from '../../lib/report/staging';
import type { Topology } from '../../lib/topology/topology';
import { synthesize } from '../../stacks/synthesize';

/** Synthesizes the stacks of a topology into a folder that is gone afterwards, and reads back what could be taken over. */
export function wantedResources(topology: Topology): WantedResource[] {
  const staging = stagingFolder(process.env.CDKTF_OUTDIR || 'cdktf.out');
  try {
    synthesize(topology, [], staging);
    const resources = new PlacedResources(readSynthesized(staging).stacks, {
      organizationId: topology.organization.id,
      rootId: topology.organization.rootId ?? '',
      managementAccountId: topology.management.accountId,
    });
    return ADOPTED_TYPES.flatMap((type) =>
      resources.all(type).map(({ stack, id, block, accountId, region, tags }) => {
        const path = pathOf(block).slice(stack.length + 1);
        return { stack, type, id, path, accountId, region, block, tags };
      }),
    );
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** The path of the construct, which cdktf writes beside the arguments. */
const pathOf = (block: Readonly<Record<string, unknown>>): string =>
  (block['//'] as { readonly metadata: { readonly path: string } }).metadata.path;
