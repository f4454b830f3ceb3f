import { parseArn } from '../aws/arn';
import type { FoundPlan, FoundVault } from './inventory';
import { type Matches, NO_MATCHES, proposed, toChoose, together } from './proposal';
import { type Scene, settingOf } from './scene';

/** The vault of a site that exists, and what follows for the config. */
export interface MatchedVault extends Matches {
  readonly vault: FoundVault | undefined;
}

/**
 * Finds the vault of a site: by its name, else by what plans do with it.
 * @param used - the vaults that plans which are of the config back up or copy to here
 */
export function matchVault(scene: Scene, used: ReadonlySet<string>): MatchedVault {
  const { site, place, path, says, label } = scene;
  const vaults = place.vaults.filter(({ isAirGapped }) => !isAirGapped);
  const named = vaults.find(({ name }) => name === site.vault.vaultName);
  if (named) return { vault: named, ...NO_MATCHES };
  // Generations name vaults one by one, and which is which nobody can tell from outside.
  if (says('names', 'vault') || says('generations')) return { vault: undefined, ...NO_MATCHES };
  const taken = new Set(site.retiredVaults.map(({ vaultName }) => vaultName));
  const free = vaults.filter(({ name }) => !taken.has(name));
  const fitting = free.filter(({ name }) => used.has(name));
  const [only] = fitting;
  if (only && fitting.length === 1) {
    const why = `plans of the config ${site.role === 'source' ? 'back up' : 'copy'} to it`;
    return { vault: only, ...proposed([...path, 'names', 'vault'], only.name, why) };
  }
  if (free.length === 0) return { vault: undefined, ...NO_MATCHES };
  const why = `${fitting.length > 1 ? 'plans use more than one vault' : 'no plan of the config uses a vault here'}: say which it is in ${settingOf(scene, 'names', 'vault')}, or leave it out for a new one`;
  const candidates = (fitting.length > 1 ? fitting : free).map(
    ({ name, recoveryPoints }) => `${name} (${recoveryPoints} recovery points)`,
  );
  return { vault: undefined, ...toChoose({ where: label, what: 'vault', why, candidates }) };
}

/** Names of the vaults that plans back up to. */
export const backedUpTo = (plans: Iterable<FoundPlan>): Set<string> =>
  new Set([...plans].flatMap(({ rules }) => rules.map(({ TargetBackupVaultName = '' }) => TargetBackupVaultName)));

/** Names of the vaults of an account and Region that plans copy to. */
export function copiedTo(
  plans: Iterable<FoundPlan>,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): Set<string> {
  const arns = [...plans].flatMap(({ rules }) => rules.flatMap(({ CopyActions = [] }) => CopyActions));
  return new Set(
    arns.flatMap(({ DestinationBackupVaultArn = '' }) => {
      const fields = parseArn(DestinationBackupVaultArn);
      if (fields?.accountId !== accountId || fields.region !== region) return [];
      return [fields.resource.replace(/^backup-vault:/, '')];
    }),
  );
}

/** What the config has to say of the key and the lock of a vault, so that neither is made anew. */
export const keepWhatCannotChange = (scene: Scene, vault: FoundVault): Matches =>
  together([keepKey(scene, vault), keepLock(scene, vault)]);

function keepKey(scene: Scene, { name, keyArn }: FoundVault): Matches {
  const { site, place, path, label, says } = scene;
  const { key } = site.vault;
  // A key that the config names is compared with the vault's own like anything else.
  if (keyArn === undefined || 'existingKeyArn' in key) return NO_MATCHES;
  const found = place.keys.find(({ arn }) => arn === keyArn);
  if (found && place.aliases[key.alias] === found.id) return NO_MATCHES;
  const choose = (why: string) => toChoose({ where: label, what: `key of vault ${name}`, why, candidates: [keyArn] });
  if (found?.isOfAws === undefined)
    return choose(
      `nobody may look at it: see whose it is, and write ${settingOf(scene, 'keyArn')} if it is no key of AWS`,
    );
  if (found.isOfAws)
    return choose(
      `it is AWS's own, under which no copy leaves an account or comes to one, and a vault keeps its key: let another vault be made by another name in ${settingOf(scene, 'names', 'vault')}, and this one run out`,
    );
  if (says('names', 'keyAlias'))
    return choose(
      `it has not the alias ${key.alias} that ${settingOf(scene, 'names', 'keyAlias')} says: give it to the key, or write ${settingOf(scene, 'keyArn')} in its place`,
    );
  return proposed([...path, 'keyArn'], keyArn, `it encrypts ${name}; its policy stays as it is`);
}

function keepLock(scene: Scene, { name, lock }: FoundVault): Matches {
  const { site, path, label, says } = scene;
  if (lock === undefined || says('lock') || says('generations')) return NO_MATCHES;
  const { minRetentionDays: min, maxRetentionDays: max, lockDate } = lock;
  const wanted = site.vault.lock;
  const bounds = {
    ...(min === undefined ? {} : { minRetentionDays: min }),
    ...(max === undefined ? {} : { maxRetentionDays: max }),
  };
  if (lockDate !== undefined) {
    const why = `the lock is for good, so only you can say so: write lock with mode: compliance, ${JSON.stringify(bounds)}, changeableForDays and acknowledge to ${settingOf(scene, 'lock')}`;
    return toChoose({ where: label, what: `lock of vault ${name}`, why, candidates: [] });
  }
  if (wanted && wanted.minRetentionDays === min && wanted.maxRetentionDays === max) return NO_MATCHES;
  return proposed([...path, 'lock'], { mode: 'governance', ...bounds }, `${name} has it`);
}
