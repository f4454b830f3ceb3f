import { policyChanges, tagChanges } from '../../lib/adopt/compare';

const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const LET_IN = { Sid: 'LetIn', Effect: 'Allow', Action: 'backup:CopyIntoBackupVault', Resource: '*' };

describe('policyChanges', () => {
  test.each([
    ['a list of one', { ...LET_IN, Action: ['backup:CopyIntoBackupVault'] }, LET_IN],
    ['an order', { ...LET_IN, Action: ['a:B', 'c:D'] }, { ...LET_IN, Action: ['c:D', 'a:B'] }],
    [
      'the bare id of an account',
      { ...LET_IN, Principal: { AWS: '111111111111' } },
      { ...LET_IN, Principal: { AWS: 'arn:aws:iam::111111111111:root' } },
    ],
    [
      'a boolean that is written as text',
      { ...LET_IN, Condition: { Bool: { 'aws:SecureTransport': true } } },
      { ...LET_IN, Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    ],
  ])('takes no notice of %s', (_, is, becomes) => {
    expect(policyChanges('access policy', policy(is), policy(becomes))).toEqual([]);
  });

  test('names what goes and what comes, by sid or by what it says', () => {
    const { Sid, ...nameless } = LET_IN;
    expect(policyChanges('trust', policy(nameless), policy({ ...LET_IN, Effect: 'Deny' }))).toEqual([
      `trust: loses ${JSON.stringify(nameless)}`,
      'trust: gets LetIn',
    ]);
  });

  test('tells of a change under the same sid', () => {
    expect(policyChanges('trust', policy(LET_IN), policy({ ...LET_IN, Resource: 'arn:x' }))).toEqual([
      'trust: loses LetIn',
      'trust: gets LetIn',
    ]);
  });
});

test('tagChanges leaves tags of AWS alone, and tells of those that go', () => {
  expect(tagChanges({ 'aws:x': '1', owner: 'me', team: 'a' }, { team: 'b', kept: 'yes' })).toEqual([
    'tag kept: none becomes yes',
    'tag owner: me becomes none',
    'tag team: a becomes b',
  ]);
});
