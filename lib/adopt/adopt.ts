import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { enter } from '../accounts/access';
import { ConfigError } from '../config/config-error';
import { adoptedFileOf, type Imports } from '../config/imports-file';
import { readYaml } from '../config/yaml-source';
import { type Ambient, Sessions } from '../live/sessions';
import { loadReviewedConfig } from '../review/review';
import { sortedUnique } from '../topology/collections';
import { resolveTopology } from '../topology/resolve-topology';
import type { Topology } from '../topology/topology';
import type { Inventory } from './inventory';
import { match } from './match';
import type { Choice, Proposal } from './proposal';
import { proposeConfig } from './propose-config';
import type { OrganizationScope } from './read-organization';
import { type Missing, takeInventory } from './take-inventory';
import { importsOf, isNothing, type TakeOver, takeOver } from './take-over';
import type { WantedResource } from './wanted';

export interface AdoptOptions {
  readonly configFile: string;
  /**
   * The role to enter member accounts by, with its path.
   * @default - OrganizationAccountAccessRole, or the deploy role of the account
   */
  readonly role?: string | undefined;
  /** What the stacks of a topology would make, of the types that can be taken over. */
  readonly wantedOf: (topology: Topology) => readonly WantedResource[];
  readonly onProgress: (text: string) => void;
}

/** What exists, and what has to be written so that the first apply takes it over. */
export interface Adoption {
  readonly inventory: Inventory;
  /** Accounts that could not be looked at: nothing is proposed then. */
  readonly missing: readonly Missing[];
  readonly proposals: readonly Proposal[];
  readonly choices: readonly Choice[];
  /** Why the proposed config would be refused, if it would. */
  readonly problems: readonly string[];
  readonly takeOver: TakeOver;
  readonly isNothing: boolean;
  /** The text of the proposed config; undefined where the config already says all. */
  readonly config: string | undefined;
  readonly imports: Imports;
}

const NOTHING_TAKEN: TakeOver = { adopted: [], made: 0, left: [] };

/**
 * Looks at what exists and compares it with a config; changes nothing and writes nothing.
 * @throws ConfigError where the config is refused
 * @throws LiveError where the credentials are not of the organization's management account
 */
export async function adopt(ambient: Omit<Ambient, 'region'>, options: AdoptOptions): Promise<Adoption> {
  const { configFile, wantedOf } = options;
  const topology = resolveTopology(loadReviewedConfig(configFile).config);
  const sessions = new Sessions({ ...ambient, region: topology.management.region }, 'cross-account-backup-adopt');
  try {
    const access = await enter(sessions, topology);
    const scope = scopeOf(topology, wantedOf(topology));
    const { role, onProgress } = options;
    const { inventory, missing } = await takeInventory(access, topology, scope, { role, onProgress });
    const empty = { inventory, missing, proposals: [], choices: [], problems: [], imports: {}, config: undefined };
    if (missing.length > 0) return { ...empty, takeOver: NOTHING_TAKEN, isNothing: false };
    const matched = match(topology, inventory, readYaml(configFile).value);
    const proposed = proposeConfig(readFileSync(configFile, 'utf8'), matched.proposals);
    const choices = [...matched.choices, ...proposed.choices];
    const review = reviewed(configFile, proposed.text);
    if ('problems' in review)
      return { ...empty, ...matched, choices, problems: review.problems, takeOver: NOTHING_TAKEN, isNothing: false };
    const taken = takeOver({ inventory, wanted: wantedOf(review.topology) });
    const hasNothing = isNothing(taken);
    return {
      ...empty,
      proposals: matched.proposals,
      choices,
      takeOver: taken,
      isNothing: hasNothing && choices.length === 0,
      config: matched.proposals.length === 0 ? undefined : proposed.text,
      imports: hasNothing ? {} : importsOf(taken),
    };
  } finally {
    sessions.close();
  }
}

/** What of the organization the stacks would make, and has to be looked for. */
function scopeOf({ management }: Topology, wanted: readonly WantedResource[]): OrganizationScope {
  const ofType = (type: string) => wanted.filter((one) => one.type === type).map(({ block }) => block);
  return {
    region: management.region,
    services: sortedUnique(
      ofType('aws_organizations_delegated_administrator').map((block) => String(block.service_principal)),
    ),
    policies: ofType('aws_organizations_policy').map(({ type, name }) => ({ type: String(type), name: String(name) })),
    hasResourcePolicy: ofType('aws_organizations_resource_policy').length > 0,
  };
}

/** Judges a proposed config as if it lay in the place of the operator's. */
function reviewed(
  configFile: string,
  text: string,
): { readonly topology: Topology } | { readonly problems: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'adopt-'));
  const file = join(folder, basename(adoptedFileOf(configFile)));
  try {
    writeFileSync(file, text);
    return { topology: resolveTopology(loadReviewedConfig(file).config) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { problems: error.message.replaceAll(`${folder}/`, '').split('\n') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
