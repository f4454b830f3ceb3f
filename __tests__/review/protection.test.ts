import { aConfigInput, aPlan, DESTINATION_ID, SOURCE_ID } from '../support/a-config';
import { anOperator } from '../support/operator';

const toldOf = anOperator();
const problemsOf = (overrides: object) => toldOf(JSON.stringify(aConfigInput(overrides))).problems;

const accounts = (count: number) => Array.from({ length: count }, (_, index) => `${300_000_000_000 + index}`);

/** So many sources, each with a role of its own besides the deploy role. */
const administered = (count: number) => {
  const sources = accounts(count).map((accountId) => [
    `s${accountId}`,
    { accountId, regions: ['us-east-1'], plans: [], administrators: [`arn:aws:iam::${accountId}:role/Admin`] },
  ]);
  return { sources: Object.fromEntries(sources) };
};

/** One source with copies to so many vaults outside, each in an account of its own. */
const copying = (count: number) => {
  const copies = accounts(count).map((accountId) => ({
    to: `arn:aws:backup:eu-west-1:${accountId}:backup-vault:theirs`,
    deleteAfterDays: 90,
  }));
  const rule = { schedule: 'cron(0 3 ? * * *)', deleteAfterDays: 35 };
  const rules = copies.map((copy, index) => ({ ...rule, name: `r${index}`, copies: [copy] }));
  const plans = Array.from({ length: Math.ceil(count / 10) }, (_, index) => [
    `p${index}`,
    aPlan({ rules: rules.slice(index * 10, index * 10 + 10) }),
  ]);
  const names = plans.map(([plan]) => plan);
  return {
    plans: Object.fromEntries(plans),
    sources: { production: { accountId: SOURCE_ID, regions: ['us-east-1'], plans: names } },
  };
};

const WAY_OUT =
  'which cannot be divided: switch copyBack on for fewer sources, or give all accounts one deployRole and no administrators';

describe('checkProtection', () => {
  test('fails when more accounts have administrators of their own than nine policies can name', () => {
    expect(problemsOf(administered(118))).toEqual([]);
    expect(problemsOf(administered(119))).toEqual([
      `1:1 guardrails must fit 9 policies, got 10: ${WAY_OUT.replace('which cannot be divided: ', '')}`,
    ]);
  });

  test('fails when more accounts have administrators of their own than one statement can name', () => {
    expect(problemsOf(administered(121))).toEqual([
      `1:1 guardrails must fit policies of 10240 characters, got 10295 for statement DenyChangingExemptRoles, ${WAY_OUT}`,
    ]);
  });

  test('takes any number of accounts when all have the same role', () => {
    const administrators = [`arn:aws:iam::${DESTINATION_ID}:role/Admin`];
    const destinations = { vault: { accountId: DESTINATION_ID, regions: ['eu-west-1'], administrators } };
    expect(problemsOf({ ...administered(300), destinations })).toEqual([]);
  });

  test('fails when copies go to more vaults than one statement can name, even as patterns', () => {
    expect(problemsOf(copying(193))).toEqual([]);
    expect(problemsOf(copying(194))).toEqual([
      `1:1 guardrails must fit policies of 10240 characters, got 10291 for statement DenyCopyingElsewhere, ${WAY_OUT}`,
    ]);
  });

  test('lets all this be when there are no guardrails', () => {
    const guardrails = { enabled: false };
    expect(problemsOf({ ...administered(121), guardrails })).toEqual([]);
    expect(problemsOf({ ...copying(194), guardrails })).toEqual([]);
  });

  test('tells of it at the guardrails where the file has some', () => {
    expect(problemsOf({ guardrails: {}, ...administered(121) })).toEqual([
      expect.stringMatching(/^1:[1-9]\d+ guardrails must fit policies/),
    ]);
  });
});
