import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../lib/config/config';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { buildStacks } from '../../stacks/build-stacks';
import { organizationApp } from '../../stacks/organization-app';

type Block = Readonly<Record<string, unknown>>;

/** A stack's cdk.tf.json, as far as tests look into it. */
export interface StackJson {
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly import?: readonly Block[];
  readonly output: Readonly<Record<string, { readonly value: unknown }>>;
  readonly provider: { readonly aws: readonly Block[] };
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly terraform: {
    readonly backend?: Readonly<Record<string, Block>>;
    readonly cloud?: Block;
    readonly required_providers: Readonly<Record<string, Block>>;
  };
}

export interface Synthesized {
  readonly stacks: Readonly<Record<string, StackJson>>;
  /** Of each stack, the stacks deployed before it. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** Writes all stacks of a config as a deployment would, and reads them back. */
export function synthesize(config: Config, warnings: readonly string[] = []): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'cross-account-backup-'));
  try {
    const app = organizationApp(outdir);
    buildStacks(app, resolveTopology(config), warnings);
    app.synth();
    return readSynthesized(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string; readonly dependencies: string[] }>>;
}

function readSynthesized(outdir: string): Synthesized {
  const read = <Content>(path: string) => JSON.parse(readFileSync(join(outdir, path), 'utf8')) as Content;
  const entries = Object.entries(read<Manifest>('manifest.json').stacks);
  return {
    stacks: Object.fromEntries(entries.map(([name, { synthesizedStackPath }]) => [name, read(synthesizedStackPath)])),
    dependencies: Object.fromEntries(entries.map(([name, { dependencies }]) => [name, dependencies])),
  };
}

/** The resources of one type; an empty list where there are none. */
export const resourcesOf = ({ resource }: StackJson, type: string): Block[] => Object.values(resource[type] ?? {});

/** The one resource of a type. */
export function resourceOf(stack: StackJson, type: string): Block {
  const [only, ...others] = resourcesOf(stack, type);
  if (!only || others.length > 0)
    throw new Error(`the stack has ${others.length + (only ? 1 : 0)} of ${type}, not one`);
  return only;
}

/** The stack of a name; a test that asks for one that is not there has a mistake in it. */
export function stackOf({ stacks }: Synthesized, name: string): StackJson {
  const stack = stacks[name];
  if (!stack) throw new Error(`there is no stack ${name} among ${Object.keys(stacks).join(', ')}`);
  return stack;
}
