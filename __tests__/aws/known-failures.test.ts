import { KNOWN_FAILURES, knownFailure } from '../../lib/aws/known-failures';
import { COPY_MESSAGES } from '../../sandbox/backup-api/copy-refusal';
import { keyNotAccessible, notAssumable, notShared } from '../../sandbox/policy/copy-messages';

describe('knownFailure', () => {
  test.each(KNOWN_FAILURES.map(({ title, example }) => [title, example]))(
    'knows its own example: %s',
    (title, example) => {
      expect(knownFailure(example)?.title).toBe(title);
    },
  );

  test.each([
    [COPY_MESSAGES.notInOrganization, 'The accounts are not of one organization'],
    [COPY_MESSAGES.switchedOff, 'Cross-account backup is switched off'],
    [COPY_MESSAGES.serviceKey, 'The vault that is copied to has the wrong key'],
    [COPY_MESSAGES.denied, 'The vault does not let the copy in'],
    [notAssumable('arn:aws:iam::1:role/backup'), 'AWS Backup cannot take the role'],
    [notShared, 'The role may not share the snapshot'],
    [keyNotAccessible('EBS', 'source', 'key'), 'The key of the resource is not shared'],
    [keyNotAccessible('EC2', 'source', 'key'), 'The key of the resource is not shared'],
    [keyNotAccessible('RDS', 'source', 'key'), 'The key of a database or a vault is not shared'],
    [keyNotAccessible('EFS', 'destination', 'key'), 'The key of a database or a vault is not shared'],
    ['Recovery points in cold storage cannot be copied.', 'Cold storage cannot be copied'],
  ])('knows what AWS says as others have seen it: %s', (message, title) => {
    expect(knownFailure(message)?.title).toBe(title);
  });

  test('does not explain what it does not know', () => {
    expect(knownFailure('Internal failure')).toBeUndefined();
  });
});
