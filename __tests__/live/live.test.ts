import { ask } from '../../lib/live/ask';
import { inParallel } from '../../lib/live/in-parallel';

const failing = (name: string, message: string, httpStatusCode = 400) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
const told = (error: Error, action = 'iam:ListRoles') =>
  ask(action, () => Promise.reject(error)).catch(({ name, message }: Error) => `${name}: ${message}`);

describe('ask', () => {
  test.each([
    [
      "a refusal in AWS's words, which name the permission",
      failing(
        'AccessDenied',
        'User: arn:aws:iam::1:user/a is not authorized to perform: iam:PassRole on resource: r because no identity-based policy allows it',
      ),
      'the permission iam:PassRole is missing: User: arn:aws:iam::1:user/a is not authorized to perform: iam:PassRole on resource: r because no identity-based policy allows it',
    ],
    [
      'a refusal without words',
      failing('403', 'UnknownError', 403),
      'the permission iam:ListRoles is missing: access denied',
    ],
    ['another error', failing('LimitExceeded', 'too  many\nroles'), 'iam:ListRoles: LimitExceeded: too many roles'],
    [
      'keys that are too old',
      failing('ExpiredToken', 'The security token included in the request is expired', 403),
      'the credentials do not hold: The security token included in the request is expired; sign in again',
    ],
    [
      'keys that are too old, of a service that answers with 400',
      failing('ExpiredTokenException', 'The security token included in the request is expired'),
      'the credentials do not hold: The security token included in the request is expired; sign in again',
    ],
    [
      'requests that come too fast',
      failing('ThrottlingException', 'Rate exceeded'),
      'iam:ListRoles: AWS throttles these requests, and went on after all retries: wait a minute and run it again (ThrottlingException: Rate exceeded)',
    ],
    [
      'an account that is closed',
      failing('AccessDeniedException', 'Your account is suspended', 403),
      'iam:ListRoles: the account is suspended or closed, or has no access to this service: Your account is suspended',
    ],
    [
      'a connection that is lost',
      Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
      'iam:ListRoles: AWS cannot be reached: connect ECONNREFUSED 127.0.0.1:1',
    ],
    [
      'no keys at all',
      failing('CredentialsProviderError', 'Could not load credentials from any providers'),
      'there are no credentials of AWS: Could not load credentials from any providers',
    ],
  ])('tells of %s', async (_, error, text) => {
    expect(await told(error)).toBe(`LiveError: ${text}`);
  });

  test('answers for an error that was expected', async () => {
    const sent = () => Promise.reject(failing('NoSuchEntity', 'none'));
    expect(await ask('iam:GetRole', sent, { NoSuchEntity: undefined })).toBeUndefined();
  });

  test('asks again while AWS is at another change', async () => {
    let times = 0;
    const sent = async () => {
      times += 1;
      if (times === 1) throw failing('ConcurrentModificationException', 'try again');
      return 'done';
    };
    expect(await ask('organizations:EnablePolicyType', sent)).toBe('done');
  });
});

describe('inParallel', () => {
  test('has so many at work and no more, and answers in order', async () => {
    let working = 0;
    let most = 0;
    const answers = await inParallel(3, [5, 1, 4, 2, 3], async (item) => {
      working += 1;
      most = Math.max(most, working);
      await new Promise((done) => setTimeout(done, item));
      working -= 1;
      return item * 10;
    });
    expect({ answers, most }).toEqual({ answers: [50, 10, 40, 20, 30], most: 3 });
  });

  test('fails with what failed, when the others are done', async () => {
    const done: number[] = [];
    const work = async (item: number) => {
      if (item === 2) throw new Error('two');
      done.push(item);
    };
    await expect(inParallel(2, [1, 2, 3, 4], work)).rejects.toThrow('two');
    expect(done).toEqual([1, 3, 4]);
  });
});
