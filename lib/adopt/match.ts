import type { SourceSite, Topology } from '../topology/topology';
import type { FoundPlan, Inventory } from './inventory';
import { matchPlans } from './match-plans';
import { backupRoleOf, chooseRole, type RoleCandidates, restoreRoleOf } from './match-roles';
import { backedUpTo, copiedTo, keepWhatCannotChange, matchVault } from './match-vaults';
import { type Matches, together } from './proposal';
import { roleNamesOf, type Scene, sceneOf } from './scene';

/**
 * What the config has to say so that it means what exists. Nothing is guessed: what could be meant twice is left to choose.
 * @param written - the config as it stands in the file, without defaults
 */
export function match(topology: Topology, inventory: Inventory, written: unknown): Matches {
  const sources = topology.sources.map((site) => {
    const scene = { ...sceneOf(site, inventory, written), site };
    return { scene, matched: matchPlans(scene) };
  });
  const plans = sources.flatMap(({ matched }) => [...matched.plans.values()]);
  const scenes: readonly (readonly [Scene, ReadonlySet<string>])[] = [
    ...topology.destinations.map((site) => [sceneOf(site, inventory, written), copiedTo(plans, site)] as const),
    ...sources.map(({ scene, matched }) => [scene, backedUpTo(matched.plans.values())] as const),
  ];
  const vaults = scenes.map(([scene, used]) => {
    const { vault, ...matches } = matchVault(scene, used);
    return together([matches, ...(vault ? [keepWhatCannotChange(scene, vault)] : [])]);
  });
  return together([
    ...sources.map(({ matched }) => matched),
    ...vaults,
    roles(
      sources,
      scenes.map(([scene]) => scene),
    ),
  ]);
}

function roles(
  sources: readonly {
    readonly scene: Scene & { readonly site: SourceSite };
    readonly matched: { readonly plans: ReadonlyMap<string, FoundPlan> };
  }[],
  scenes: readonly Scene[],
): Matches {
  const backup = sources.flatMap(
    ({ scene, matched }) => backupRoleOf(scene, scene.site.backupRole.name, matched.plans.values()) ?? [],
  );
  const restore = scenes.flatMap((scene) => restoreRoleOf(scene, scene.site.restoreRole.name) ?? []);
  const wanted = new Set(scenes.flatMap(({ site }) => roleNamesOf(site).map((name) => roleKey(site, name))));
  const all = [...backup, ...restore].map(
    (one): RoleCandidates => ({
      ...one,
      // What another setting names is that.
      candidates: one.candidates.filter(({ name }) => !wanted.has(roleKey(one.scene.site, name))),
    }),
  );
  return together(all.map((one) => chooseRole(one, all)));
}

const roleKey = ({ accountId }: Scene['site'], name: string) => `${accountId} ${name.toLowerCase()}`;
