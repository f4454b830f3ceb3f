import type { Check } from '../../lib/config/check';
import { checkCopies } from '../../lib/config/check-copies';
import { checkRegions } from '../../lib/config/check-regions';
import { findWarnings } from '../../lib/config/warnings';
import { aConfig, aConfigInput, aPlan, DESTINATION_ID, SOURCE_ID } from '../support/a-config';

const written = (...standIns: string[]) => ({
  destinations: new Set<string>(),
  sources: new Set<string>(),
  plans: new Set<string>(),
  standIns: new Set(standIns),
});
const told = (check: Check, overrides: object, ...standIns: string[]) =>
  check(aConfig(overrides), written(...standIns));

describe('Regions', () => {
  const policies = { organizationPolicies: { regions: ['us-east-1', 'cn-north-1'] } };
  const destination = { destinations: { vault: { accountId: DESTINATION_ID, regions: ['eu-west-1', 'cn-north-1'] } } };

  test('of organization policies are told of at the value, those of accounts at the key', () => {
    expect(told(checkRegions, policies)).toMatchObject([
      { path: ['organizationPolicies', 'regions', 1], isAtKey: false },
    ]);
    expect(told(checkRegions, destination)).toMatchObject([
      { path: ['destinations', 'vault', 'regions', 'cn-north-1'], isAtKey: true },
    ]);
  });

  test.each(['management', 'management.region'])('are not compared with a stand-in for %s', (standIn) => {
    expect(told(checkRegions, policies, standIn)).toEqual([]);
    const copies = [{ to: 'arn:aws-cn:backup:cn-north-1:444444444444:backup-vault:copies', deleteAfterDays: 90 }];
    const plans = { daily: aPlan({ rules: [{ name: 'r', schedule: 's', deleteAfterDays: 9, copies }] }) };
    expect(told(checkCopies, { plans }, standIn)).toEqual([]);
    expect(told(checkCopies, { plans })).toHaveLength(1);
  });
});

describe('organizational units', () => {
  const vaultAccess = { ouPaths: ['o-zzz1234567/r-abc1/', 'o-abc1234567/r-abc1/ou-abc1-12345678/'] };
  const destinations = { vault: { accountId: DESTINATION_ID, regions: ['eu-west-1'], vaultAccess } };

  test.each(['organization', 'organization.id'])('are not compared with a stand-in for %s', (standIn) => {
    expect(told(checkCopies, { destinations }, standIn)).toEqual([]);
    expect(told(checkCopies, { destinations })).toHaveLength(1);
  });

  test('admit a source that is in one of them', () => {
    const ouPath = 'o-abc1234567/r-abc1/ou-abc1-12345678/ou-abc1-87654321/';
    const sources = { production: { accountId: SOURCE_ID, ouPath, regions: ['us-east-1'], plans: ['daily'] } };
    expect(told(checkCopies, { destinations, sources })).toHaveLength(1);
  });
});

describe('cross-account backup that is off', () => {
  const { management } = aConfigInput();
  const off = {
    management: { ...management, globalSettings: { ...management.globalSettings, crossAccountBackup: false } },
  };

  test('stops the plans that somebody uses, with any of their copies', () => {
    const near = { to: 'arn:aws:backup:us-west-2:111111111111:backup-vault:near', deleteAfterDays: 90 };
    const rules = [
      { name: 'r', schedule: 's', deleteAfterDays: 9, copies: [near, { to: 'vault/eu-west-1', deleteAfterDays: 90 }] },
    ];
    expect(told(checkCopies, { ...off, plans: { daily: aPlan({ rules }) } })).toHaveLength(1);
    const unused = { sources: { production: { accountId: SOURCE_ID, regions: ['us-east-1'] } } };
    expect(told(checkCopies, { ...off, ...unused })).toEqual([]);
  });
});

describe('findWarnings', () => {
  test('tells of what is idle at its key', () => {
    const sources = { production: { accountId: SOURCE_ID, regions: ['us-east-1'] } };
    const warnings = findWarnings(aConfig({ sources, plans: { daily: aPlan({ selections: [] }) } }));
    expect(warnings.map(({ path, isAtKey }) => [path.join('.'), isAtKey])).toEqual([
      ['destinations.vault.regions.eu-west-1', true],
      ['sources.production.regions.us-east-1', true],
      ['plans.daily', true],
      ['plans.daily', true],
    ]);
  });

  test('tells of a destination that only an unused plan copies to', () => {
    const plans = { daily: aPlan({ rules: [{ name: 'r', schedule: 's', deleteAfterDays: 9 }] }), other: aPlan() };
    const messages = findWarnings(aConfig({ plans })).map(({ message }) => message);
    expect(messages).toEqual([
      'keeps nothing: no source has a plan with a copy to vault/eu-west-1',
      'is used by no source',
    ]);
  });

  test('tells once of a source whose unit is not known', () => {
    const vaultAccess = { ouPaths: ['o-abc1234567/r-abc1/ou-abc1-12345678/'] };
    const destinations = { vault: { accountId: DESTINATION_ID, regions: ['eu-west-1'], vaultAccess } };
    const regions = ['us-east-1', 'us-east-2'];
    const ouPath = 'o-abc1234567/r-abc1/ou-abc1-12345678/';
    const sources = {
      unknown: { accountId: SOURCE_ID, regions, plans: ['daily'] },
      known: { accountId: '444444444444', ouPath, regions, plans: ['daily'] },
    };
    expect(findWarnings(aConfig({ destinations, sources })).map(({ path }) => path)).toEqual([['sources', 'unknown']]);
  });
});
