import { type FoundPolicy, widened } from '../../lib/bootstrap/widened-policy';
import { managementStatements } from '../../lib/policies/deploy-role-statements';
import { policyDocument, type Statement } from '../../lib/policies/policy-document';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfigInput } from '../support/a-config';
import { aRolloutConfig } from '../support/a-rollout';

describe('widened', () => {
  type Condition = Statement['Condition'];
  const statement = (
    Sid: string,
    Action: readonly string[],
    Resource: string | readonly string[] = '*',
    Condition?: Condition,
  ): Statement => ({ Sid, Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });
  const policy = (...statements: Statement[]) => policyDocument(statements);

  test('is nothing where all is allowed, in whatever order', () => {
    const has = policy(statement('A', ['b', 'a', 'c'], ['y', 'x']), statement('B', ['z']));
    expect(widened(has, policy(statement('A', ['a', 'b'], ['x', 'y'])))).toBeUndefined();
  });

  test('adds actions, resources and statements, and takes none out', () => {
    const has = policy(statement('A', ['a', 'old'], 'x'), statement('Theirs', ['t']));
    expect(widened(has, policy(statement('A', ['a', 'new'], ['y']), statement('B', ['b'])))).toEqual(
      policy(statement('A', ['a', 'new', 'old'], ['x', 'y']), statement('Theirs', ['t']), statement('B', ['b'])),
    );
  });

  /** One statement under a condition, the more of it that stands there already, and the whole that comes of both. */
  const under = (Condition: Condition, Sid = 'A') => statement(Sid, ['a'], ['x'], Condition);
  const equal = (...services: string[]) => ({ StringEqualsIfExists: { service: services } });

  test('lets more through a condition that is there', () => {
    expect(widened(policy(under(equal('backup'))), policy(under(equal('stacksets', 'backup'))))).toEqual(
      policy(under(equal('backup', 'stacksets'))),
    );
    const text = { StringEqualsIfExists: { service: 'backup' } };
    expect(widened(policy(under(text)), policy(under(equal('stacksets'))))).toEqual(
      policy(under(equal('backup', 'stacksets'))),
    );
  });

  test('is nothing where a condition lets all of it through, or there is none', () => {
    const wanted = policy(under(equal('backup')));
    expect(widened(policy(under({ StringEqualsIfExists: { service: 'backup' } })), wanted)).toBeUndefined();
    expect(widened(policy(under(equal('stacksets', 'backup'))), wanted)).toBeUndefined();
    expect(widened(policy(under(undefined)), wanted)).toBeUndefined();
  });

  test.each([
    ['no condition', undefined, equal('backup'), ['b']],
    ['a condition, where ours has none', equal('backup'), undefined, ['a']],
    ['another operator', { StringLike: { service: ['backup'] } }, equal('backup'), ['a']],
    ['another key', { StringEqualsIfExists: { type: ['backup'] } }, equal('backup'), ['a']],
    ['a further key', { StringEqualsIfExists: { service: ['backup'], type: ['x'] } }, equal('backup'), ['a']],
    ['values to keep out', { StringNotEquals: { service: ['x'] } }, { StringNotEquals: { service: ['y'] } }, ['a']],
  ])('adds a statement of its own beside one with %s, once', (_, theirs, ours, actions) => {
    const [has, wanted] = [under(theirs), { ...under(ours), Action: actions }];
    const whole = policy(has, { ...wanted, Sid: 'A2' });
    expect(widened(policy(has), policy(wanted))).toEqual(whole);
    expect(widened(whole, policy(wanted))).toBeUndefined();
  });

  test('widens later what it has added beside another one', () => {
    const has = policy(under({ StringLike: { service: ['x'] } }), under(equal('backup'), 'A2'));
    expect(widened(has, policy(under(equal('stacksets'))))).toEqual(
      policy(under({ StringLike: { service: ['x'] } }), under(equal('backup', 'stacksets'), 'A2')),
    );
  });

  test('keeps statements without a sid, and those that it can add nothing to', () => {
    const has: FoundPolicy = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'one', Resource: '*' },
        { Effect: 'Allow', Action: 'two', Resource: '*' },
        { Sid: 'A', Effect: 'Deny', Action: 'a', Resource: '*' },
        { Sid: 'B', Effect: 'Allow', Resource: '*', ...{ NotAction: 'iam:*' } },
      ],
    };
    expect(widened(has, policy(statement('A', ['a']), statement('B', ['b'])))).toEqual({
      ...has,
      Statement: [...has.Statement, statement('A2', ['a']), statement('B2', ['b'])],
    });
  });

  test('lets the management stack register StackSets once rollouts run from elsewhere', () => {
    const policyOf = (policies: object) => {
      const others = { management: { ...aConfigInput().management, delegatedAdministrator: 'vault' } };
      const { management } = resolveTopology(aRolloutConfig({ policies, others }));
      const organization = { partition: 'aws', managementId: management.accountId, id: 'o-abc1234567' } as const;
      return policyDocument(managementStatements(management, organization, []));
    };
    const [before, after] = [policyOf({}), policyOf({ runFrom: 'vault', delegation: { existing: 'none' } })];

    const found = widened(before, after);

    const delegation = after.Statement.find(({ Sid }) => Sid === 'AllowDelegatedAdministrator');
    expect(before.Statement.map(({ Sid }) => Sid)).toContain('AllowDelegatedAdministrator');
    expect(found?.Statement).toContainEqual(delegation);
    expect(found && widened(found, after)).toBeUndefined();
  });
});
