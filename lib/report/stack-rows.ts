import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everySite } from '../topology/every-site';
import type { Site, Topology } from '../topology/topology';

/** What one synthesized stack comes to. */
export interface StackRow {
  readonly stack: string;
  readonly role: Site['role'];
  readonly accountId: string;
  readonly region: string;
  readonly providerAlias: string;
  readonly resources: number;
  readonly outputs: readonly string[];
  /** Stacks that are deployed before it. */
  readonly waitsFor: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly synthesizedStackPath: string; readonly dependencies: readonly string[] }>
  >;
}

interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly output?: Readonly<Record<string, unknown>>;
}

/** Reads back what lies in the output folder: the truth is what was written, not what was meant. */
export function stackRows(outdir: string, topology: Topology): StackRow[] {
  const { stacks } = readJson<Manifest>(join(outdir, 'manifest.json'));
  return everySite(topology).flatMap((site) => {
    const entry = stacks[site.stackName];
    if (!entry) return [];
    const json = readJson<StackJson>(join(outdir, entry.synthesizedStackPath));
    return [
      {
        stack: site.stackName,
        role: site.role,
        accountId: site.accountId,
        region: site.region,
        providerAlias: site.providerAlias,
        resources: Object.values(json.resource ?? {}).flatMap((ofType) => Object.keys(ofType)).length,
        outputs: Object.keys(json.output ?? {}),
        waitsFor: entry.dependencies,
      },
    ];
  });
}

const readJson = <Content>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as Content;
