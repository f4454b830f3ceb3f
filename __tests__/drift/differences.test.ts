import { differences } from '../../lib/drift/differences';
import { masked, UNKNOWN } from '../../lib/drift/masked';

const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const ALLOW = { Sid: 'Allow', Effect: 'Allow', Action: ['s3:Get', 's3:List'] };

describe('differences', () => {
  test.each([
    ['nothing and what providers make of nothing', { a: null, b: null, c: null }, { a: '', b: [], c: 0 }],
    ['policies in another form', { p: policy(ALLOW, { Action: 'a' }) }, { p: policy({ Action: ['a'] }, ALLOW) }],
    ['the same secret', { a: masked('x', true) }, { a: 'x' }],
  ])('are none between %s', (_, before, after) => {
    expect(differences(before, after)).toEqual([]);
  });

  test.each([
    ['an attribute', { a: 1, b: 2 }, { a: 1, b: 3 }, [{ path: 'b', before: 2, after: 3 }]],
    ['a switch that goes off', { a: true }, { a: false }, [{ path: 'a', before: true, after: false }]],
    ['an attribute that goes', { a: 'x' }, { a: null }, [{ path: 'a', before: 'x' }]],
    [
      'an element of a set',
      { a: ['x', 'y'] },
      { a: ['y', 'z'] },
      [
        { path: 'a[]', before: 'x' },
        { path: 'a[]', after: 'z' },
      ],
    ],
    [
      'an order, where it is all',
      { a: ['x', 'y'] },
      { a: ['y', 'x'] },
      [{ path: 'a', before: ['x', 'y'], after: ['y', 'x'] }],
    ],
    [
      'an element with a name',
      { rule: [{ rule_name: 'one', n: 1 }, { rule_name: 'two' }] },
      { rule: [{ rule_name: 'two' }, { rule_name: 'one', n: 2 }] },
      [{ path: 'rule[one].n', before: 1, after: 2 }],
    ],
    ['a block', { lock: [{ days: 1 }] }, { lock: [{ days: 2 }] }, [{ path: 'lock.days', before: 1, after: 2 }]],
    [
      'a statement that goes',
      { p: policy(ALLOW, { Sid: 'Deny', Effect: 'Deny' }) },
      { p: policy(ALLOW) },
      [{ path: 'p.Statement[Deny]', before: { Sid: 'Deny', Effect: 'Deny' } }],
    ],
    [
      'an action of a statement',
      { p: policy(ALLOW) },
      { p: policy({ ...ALLOW, Action: 's3:Get' }) },
      [{ path: 'p.Statement[Allow].Action[]', before: 's3:List' }],
    ],
  ])('are told of %s', (_, before, after, expected) => {
    expect(differences(before, after)).toEqual(expected);
  });

  test('hide what is secret on either side, wherever it is', () => {
    const before = masked({ users: [{ name: 'one', password: 'x' }] }, { users: [{ password: true }] });
    const after = masked({ users: [{ name: 'one', password: 'y' }] }, { users: [{ password: true }] });
    const told = JSON.stringify(differences(before, after));
    expect(JSON.parse(told)).toEqual([
      { path: expect.stringContaining('password'), before: '(secret)', after: '(secret)' },
    ]);
  });

  test('say what only an apply will tell', () => {
    expect(differences({ arn: 'x' }, masked({}, {}, { arn: true }))).toEqual([
      { path: 'arn', before: 'x', after: UNKNOWN },
    ]);
  });
});
