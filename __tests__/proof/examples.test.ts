import type { Config } from '../../lib/config/config';
import { COPY_GRANTS } from '../../lib/proof/copy-grants';
import type { Proof } from '../../lib/proof/proof';
import { loadReviewedConfig } from '../../lib/review/review';
import { CONFIG_FILES } from '../support/config-files';
import { provable } from '../support/prove-in-memory';

const TIMEOUT_MS = 60_000;

interface Shown {
  readonly config: Config;
  readonly proof: Proof;
}

const shown = new Map<string, Shown>();
function show(file: string): Shown {
  const known = shown.get(file);
  if (known) return known;
  const { config } = loadReviewedConfig(file);
  const made = { config, proof: provable(config).prove() };
  shown.set(file, made);
  return made;
}

/** Every way a recovery point takes by the words of the config alone, as the table of the proof calls it. */
function waysOf(config: Config): string[] {
  return [...waysOfSources(config), ...waysOfRollouts(config)];
}

/** Of each rollout one unit and one account stand for all others. */
const waysOfRollouts = ({ organizationPolicies, plans }: Config): string[] =>
  organizationPolicies.rollouts.flatMap(({ name, ous, accounts, regions, plans: names }) => {
    const rules = names.flatMap((plan) => plans[plan]?.rules ?? []);
    const targets = [...new Set(rules.flatMap(({ copies }) => copies.map(({ to }) => to)))];
    return [...(ous.length > 0 ? ['units'] : []), ...(accounts.length > 0 ? ['accounts'] : [])].flatMap((who) =>
      regions.flatMap((region) => targets.map((to) => `${who} of ${name}/${region} to ${to}`)),
    );
  });

function waysOfSources({ sources, plans }: Config): string[] {
  return Object.entries(sources).flatMap(([source, { regions, plans: everywhere, copyBack }]) =>
    Object.entries(regions).flatMap(([region, special]) => {
      const rules = (special.plans ?? everywhere).flatMap((plan) => plans[plan]?.rules ?? []);
      const targets = [...new Set(rules.flatMap(({ copies }) => copies.map(({ to }) => to)))];
      const places = targets.filter((to) => !to.startsWith('arn:')).map((to) => to.split('/').slice(0, 2).join('/'));
      const here = `${source}/${region}`;
      return [
        ...targets.map((to) => `${here} to ${to}`),
        ...(copyBack ? [...new Set(places)].map((place) => `${place} back to ${here}`) : []),
      ];
    }),
  );
}

const PROTECTIONS = [
  'delete, unlock or reopen a vault',
  'delete or shorten a recovery point',
  'copy a recovery point elsewhere',
  'delete, disable or reopen a key',
  'grant a key to somebody',
  'stop or narrow a plan',
  'change settings, holds or jobs',
  'take the protecting tag away',
  'delete or share a snapshot past AWS Backup',
  'change or make an exempted role',
  'open a recovery point to others',
  'retire a grant of AWS Backup',
  'give the account up',
];

describe.each(CONFIG_FILES)('prove(%s)', (file) => {
  test(
    'finds every answer as the config promises',
    () => {
      expect(show(file).proof.failures).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test('permits each copy and each copy back that the config asks for, and tells of no other', () => {
    const { proof, config } = show(file);
    expect(proof.edges.map(({ edge }) => edge).sort()).toEqual(waysOf(config).sort());
    expect(proof.edges.length).toBeGreaterThan(0);
  });

  test('permits every grant of every copy, and asks for all that it needs', () => {
    for (const { edge, grants } of show(file).proof.edges) {
      const wrong = COPY_GRANTS.filter((grant) => grants[grant].right !== grants[grant].of);
      const asked = COPY_GRANTS.filter((grant) => grants[grant].of > 0);
      expect({ edge, wrong, asked }).toEqual({ edge, wrong: [], asked: neededBy(edge) });
    }
  });

  test('denies at least 40 different ways to tamper', () => {
    const denied = show(file).proof.groups.filter(
      ({ expected, group }) => expected === 'denied' && PROTECTIONS.includes(group),
    );
    const actions = denied.reduce((sum, row) => sum + row.actions, 0);
    expect(denied.map(({ group }) => group).sort()).toEqual([...PROTECTIONS].sort());
    expect(actions).toBeGreaterThanOrEqual(40);
  });

  test('answers every request of every line as promised', () => {
    const short = show(file).proof.groups.filter(({ right, of }) => of === 0 || right !== of);
    expect(short).toEqual([]);
  });

  test('stops every attack of several steps', () => {
    const { right, of } = show(file).proof.attackPaths;
    expect(right).toBe(of);
    expect(of).toBeGreaterThanOrEqual(20);
  });
});

/** A vault of AWS's own key, or of somebody outside of the config, leaves nothing to ask about its key. */
const neededBy = (edge: string) =>
  COPY_GRANTS.filter((grant) => grant !== 'destination key' || !/air-gapped|arn:/.test(edge));
