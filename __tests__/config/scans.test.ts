import { aRolloutOperator, at } from '../support/a-rollout-operator';

const told = aRolloutOperator();
const RULE = '    rules: [{ name: weekly,';

describe('what a rollout has indexed and scanned', () => {
  test('is said in its plan', () => {
    expect(told([RULE, `${RULE} index: [EBS, S3], scan: incremental,`])).toEqual({ problems: [], warnings: [] });
  });

  test.each([
    ['a type that is not indexed', 'index: [EBS, EFS]', 'index\\[1\\] must be a type that AWS Backup indexes: EBS, S3'],
    ['a type twice', 'index: [S3, S3]', 'index must name each type once'],
    ['no type at all', 'index: []', 'index must have entries, at least 1'],
  ])('fails for %s', (_, given, problem) => {
    expect(told([RULE, `${RULE} ${given},`]).problems).toEqual([at(38, `plans\\.weekly\\.rules\\[0\\]\\.${problem}`)]);
  });

  test('is not indexed where a source has the plan too', () => {
    const both = told(['plans: [monthly]', 'plans: [monthly, weekly]'], [RULE, `${RULE} index: [EBS],`]).problems;
    expect(both).toContainEqual(
      at(38, 'plans\\.weekly\\.rules\\[0\\]\\.index must be left out, got EBS: source ledger'),
    );
  });
});
