import { loadReviewedConfig } from '../../lib/review/review';
import { aConfig, DESTINATION_ID, SOURCE_ID } from './a-config';
import { anAirGappedConfig, RESTORE_ID } from './an-air-gapped-config';

const UNIT = 'o-abc1234567/r-abc1/ou-abc1-12345678/';

/** Air-gapped vaults under keys of one's own at both ends, shared, and copies that come back from them. */
export const ownKeysAndCopyBack = () =>
  anAirGappedConfig({
    copyBack: true,
    destination: { key: 'own', shareWith: [RESTORE_ID] },
    source: { key: 'own', shareWith: [RESTORE_ID] },
    rule: { targetAirGapped: true },
    to: ['vault/eu-west-1/air-gapped', 'vault/eu-west-1'],
  });

/** A vault that has followed another, accounts let in by their unit, and every kind of exempted role. */
export const unitsAndGenerations = () =>
  aConfig({
    breakGlassRoles: [SOURCE_ID, DESTINATION_ID].map((id) => `arn:aws:iam::${id}:role/BreakGlass`),
    destinations: {
      vault: {
        accountId: DESTINATION_ID,
        ouPath: UNIT,
        vaultAccess: { ouPaths: [UNIT] },
        regions: {
          'eu-west-1': {
            generations: [{ lock: { mode: 'governance' } }, { lock: { mode: 'governance', maxRetentionDays: 400 } }],
          },
        },
      },
    },
    sources: {
      production: {
        accountId: SOURCE_ID,
        ouPath: UNIT,
        deployRole: null,
        administrators: [`arn:aws:iam::${SOURCE_ID}:role/Me`],
        regions: { 'us-east-1': { createResourceKey: true, keyPolicy: 'compat' } },
        plans: ['daily'],
        copyBack: true,
      },
    },
    guardrails: { attachTo: ['ou-abc1-12345678'] },
  });

/** What is broken in every way, by what the operator would call it. */
export const MUTATED = {
  'backup.yaml': () => loadReviewedConfig('backup.yaml').config,
  'air-gapped vaults under own keys': ownKeysAndCopyBack,
  'generations, units and break-glass roles': unitsAndGenerations,
} as const;
