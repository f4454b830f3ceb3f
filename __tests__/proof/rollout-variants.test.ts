import { aConfigInput, aPlan, DESTINATION_ID } from '../support/a-config';
import { aRolloutConfig, OTHER_UNIT, ROOT, UNIT } from '../support/a-rollout';
import { provable } from '../support/prove-in-memory';

type Given = Parameters<typeof aRolloutConfig>[0];

const OUTSIDE = 'arn:aws:backup:eu-west-1:777777777777:backup-vault:elsewhere';
const rollout = (fields: object) => [{ name: 'all', plans: ['daily'], regions: ['us-east-1'], ous: [UNIT], ...fields }];
const copyingTo = (...to: string[]) => ({
  daily: aPlan({
    rules: [
      {
        name: 'daily',
        schedule: 'cron(0 3 ? * * *)',
        deleteAfterDays: 35,
        copies: to.map((vault) => ({ to: vault, deleteAfterDays: 90 })),
      },
    ],
  }),
});
const vault = (fields: object, site: object = {}) => ({
  others: { destinations: { vault: { accountId: DESTINATION_ID, regions: { 'eu-west-1': site }, ...fields } } },
});
const airGapped = (key: string) => ({
  airGapped: { minRetentionDays: 7, maxRetentionDays: 365, key, acknowledge: 'cab-destination-air-gapped' },
});
const proofOf = (given: Given) => provable(aRolloutConfig(given)).prove();

describe('a rollout is proven', () => {
  test.each<[string, Given, number]>([
    ['to the root', { rollouts: rollout({ ous: [ROOT], acknowledgeRoot: 'r-abc1' }) }, 1],
    ['to accounts alone', { rollouts: rollout({ ous: [], accounts: ['444444444444', '555555555555'] }) }, 1],
    ['without copies', { plans: copyingTo() }, 0],
    ['with copies to a vault outside', { plans: copyingTo('vault/eu-west-1', OUTSIDE) }, 2],
    ['with copies outside alone', { plans: copyingTo(OUTSIDE) }, 1],
    [
      'with copies to an air-gapped vault',
      { plans: copyingTo('vault/eu-west-1/air-gapped'), ...vault({}, airGapped('own')) },
      1,
    ],
    [
      'with both vaults',
      { plans: copyingTo('vault/eu-west-1', 'vault/eu-west-1/air-gapped'), ...vault({}, airGapped('aws-owned')) },
      2,
    ],
    ['where the vault admits other units', vault({ vaultAccess: { ouPaths: [OTHER_UNIT] } }), 1],
    ['where the vault admits everybody', vault({ vaultAccess: 'organization' }), 1],
    ['without guardrails', { others: { guardrails: { enabled: false } } }, 1],
    [
      'with guardrails on a unit above',
      {
        others: { guardrails: { attachTo: ['ou-abc1-workload'] } },
        rollouts: rollout({ ous: [`${UNIT}ou-abc1-inner000/`] }),
      },
      1,
    ],
    ['with a deploy role on a path', { others: { deployRole: 'infrastructure/Deployer' } }, 1],
    [
      'with a lock, a key and the longer list',
      {
        policies: {
          baseline: {
            createResourceKey: true,
            keyPolicy: 'compat',
            lock: { mode: 'governance', maxRetentionDays: 100 },
          },
        },
      },
      1,
    ],
    [
      'beside a source in the same unit',
      { others: { sources: { other: { ...aConfigInput().sources.production, ouPath: UNIT, plans: [] } } } },
      1,
    ],
  ])('%s', (_, given, edges) => {
    const proof = proofOf(given);
    expect(proof.failures).toEqual([]);
    expect(proof.edges).toHaveLength(edges);
  });

  test('in another partition', () => {
    const { globalSettings } = aConfigInput().management;
    const given: Given = {
      rollouts: rollout({ regions: ['us-gov-east-1'] }),
      plans: copyingTo('vault/us-gov-west-1'),
      others: {
        management: { accountId: '999999999999', region: 'us-gov-west-1', globalSettings },
        destinations: { vault: { accountId: DESTINATION_ID, regions: ['us-gov-west-1'] } },
      },
    };
    expect(proofOf(given).failures).toEqual([]);
  });
});
