import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProofError } from './proof-error';

/** A block of Terraform JSON. */
export type Block = Readonly<Record<string, unknown>>;

/** One stack as it was written: what Terraform will deploy, whoever wrote it. */
export interface StackFile {
  readonly terraform: Block;
  readonly provider?: { readonly aws?: readonly Block[] };
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** Everything a synth wrote: the stacks by their name, and the policies that others have to set, by their path. */
export interface Synthesized {
  readonly stacks: Readonly<Record<string, StackFile>>;
  readonly policyFile: (path: string) => unknown;
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
}

/**
 * Reads an output folder back.
 * @throws ProofError when it holds no complete synth
 */
export function readSynthesized(outdir: string): Synthesized {
  const manifest = join(outdir, 'manifest.json');
  if (!existsSync(manifest)) throw new ProofError(`${outdir} holds no stacks: run npm run synth first`);
  const { stacks } = readJson(manifest) as Partial<Manifest>;
  if (stacks === undefined) throw new ProofError(`${manifest} names no stacks: run npm run synth again`);
  return {
    stacks: Object.fromEntries(
      Object.entries(stacks).map(([name, { synthesizedStackPath }]) => [
        name,
        readJson(join(outdir, synthesizedStackPath)) as StackFile,
      ]),
    ),
    policyFile: (path) => readJson(join(outdir, path)),
  };
}

/**
 * The content of a JSON file.
 * @throws ProofError when it cannot be read, or is no JSON
 */
export function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ProofError(`${file} cannot be read`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProofError(`${file} is no JSON: ${(error as Error).message}`);
  }
}
