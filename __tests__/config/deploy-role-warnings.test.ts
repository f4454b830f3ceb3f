import { loadReviewedConfig } from '../../lib/review/review';
import { CONFIG_FILES } from '../support/config-files';
import { anOperator, type Edit, edited } from '../support/operator';

const toldOf = anOperator();
const warningsOf = (...edits: Edit[]) => {
  const { problems, warnings } = toldOf(edited(...edits));
  expect(problems).toEqual([]);
  return warnings;
};
const told = (where: string) =>
  `can be widened by nobody once guardrails are deployed, for there are no administrators in ${where}: name there a role that may do everything, such as OrganizationAccountAccessRole, or this one if it may`;
const forAll = (role: string): Edit => ['prefix: cab\n', `prefix: cab\ndeployRole: ${role}\n`];
const inVault = (fields: string): Edit => ['    vaultAccess: accounts\n', `    vaultAccess: accounts\n${fields}`];
const administrator = (accountId: string) => `    administrators: ["arn:aws:iam::${accountId}:role/Platform"]\n`;
const inArchive: Edit = ['"333333333333"\n', `"333333333333"\n${administrator('333333333333')}`];
const inProduction: Edit = ['"111111111111"\n', `"111111111111"\n${administrator('111111111111')}`];
const more: Edit = [
  'sources:\n',
  'sources:\n  other: { accountId: "444444444444", ouPath: o-abc1234567/r-abc1/, regions: { us-east-1: { createResourceKey: true } }, plans: [daily] }\n',
];

describe('deployRoleWarnings', () => {
  test('tell once of a deploy role that nobody could widen in any account', () => {
    expect(warningsOf(forAll('Deployer'))).toEqual([`5:13 deployRole ${told('vault, archive, production')}`]);
  });

  test('name three accounts, and count the others', () => {
    expect(warningsOf(forAll('Deployer'), more)).toEqual([`5:13 deployRole ${told('vault, archive, other, 1 more')}`]);
  });

  test('tell of the account where it has a deploy role of its own', () => {
    expect(warningsOf(inVault('    deployRole: path/Deployer\n'))).toEqual([
      `16:17 destinations.vault.deployRole ${told('vault')}`,
    ]);
  });

  test('leave out the accounts that have administrators', () => {
    const vault = inVault(administrator('222222222222'));
    expect(warningsOf(forAll('Deployer'), vault, inArchive)).toEqual([`5:13 deployRole ${told('production')}`]);
    expect(warningsOf(forAll('Deployer'), vault, inArchive, inProduction)).toEqual([]);
  });

  test.each(['OrganizationAccountAccessRole', 'AWSControlTowerExecution'])(
    'let %s be, which changes itself',
    (role) => {
      expect(warningsOf(forAll(role))).toEqual([]);
    },
  );

  test('let a role be that no guardrails bind', () => {
    const off: Edit = ['tags: { owner', 'guardrails: { enabled: false }\ntags: { owner'];
    expect(warningsOf(forAll('Deployer'), off)).toEqual([]);
  });

  test('are none for accounts without a deploy role', () => {
    const none = `    deployRole: null\n${administrator('222222222222')}`;
    expect(warningsOf(inVault(none))).toEqual([]);
  });
});

test.each(CONFIG_FILES)('%s has deploy roles that somebody can widen', (file) => {
  const { warnings } = loadReviewedConfig(file);
  expect(warnings.filter(({ message }) => message.startsWith('can be widened'))).toEqual([]);
});
