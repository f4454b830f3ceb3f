import { type EventPattern, matchesPattern } from '../../sandbox/events/event-pattern';

const EVENT = {
  source: 'aws.backup',
  resources: ['arn:aws:ec2:us-east-1::snapshot/snap-1', 'arn:aws:ec2:us-east-1::snapshot/snap-2'],
  detail: { state: 'FAILED', backupSizeInBytes: 1024, createdBy: { backupPlanId: 'one' } },
};

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
test.each<[string, EventPattern, boolean]>([
  ['one of several values', { detail: { state: ['COMPLETED', 'FAILED'] } }, true],
  ['no such value', { detail: { state: ['failed'] } }, false],
  ['two keys, of which one is wrong', { source: ['aws.backup'], detail: { state: ['RUNNING'] } }, false],
  ['one of the values of a list', { resources: [{ suffix: 'snap-2' }] }, true],
  ['something further in', { detail: { createdBy: { backupPlanId: ['one'] } } }, true],
  ['something further in that is not there', { detail: { error: { code: ['one'] } } }, false],
  ['a beginning', { source: [{ prefix: 'aws.' }] }, true],
  ['any case', { detail: { state: [{ 'equals-ignore-case': 'failed' }] } }, true],
  ['a wildcard', { resources: [{ wildcard: 'arn:aws:ec2:*:snapshot/*' }] }, true],
  ['anything but a value', { detail: { state: [{ 'anything-but': 'FAILED' }] } }, false],
  ['anything but some values', { detail: { state: [{ 'anything-but': ['CREATED', 'RUNNING'] }] } }, true],
  ['anything but a beginning', { detail: { state: [{ 'anything-but': { prefix: 'FA' } }] } }, false],
  ['a range', { detail: { backupSizeInBytes: [{ numeric: ['>', 0, '<=', 1024] }] } }, true],
  ['a range that it is outside of', { detail: { backupSizeInBytes: [{ numeric: ['<', 1024] }] } }, false],
  ['what is there', { detail: { createdBy: { backupPlanId: [{ exists: true }] } } }, true],
  ['what is not there', { detail: { statusMessage: [{ exists: false }] } }, true],
  ['what should not be there', { detail: { state: [{ exists: false }] } }, false],
  ['one of two', { $or: [{ source: ['aws.s3'] }, { detail: { state: ['FAILED'] } }] }, true],
])('a rule for %s', (_, pattern, isFor) => {
  expect(matchesPattern(pattern, EVENT)).toBe(isFor);
});

test('a rule with an operator that nobody knows fails by its name', () => {
  expect(() => matchesPattern({ source: [{ cidr: '10.0.0.0/8' }] }, EVENT)).toThrow('does not know cidr');
});
