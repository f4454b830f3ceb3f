import { type Ambient, Sessions } from '../../lib/live/sessions';

const ROLE = 'arn:aws:iam::111111111111:role/deployer';
const KEYS =
  '<Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken></Credentials>';

/** Sessions of an STS that answers in turn: with keys, or with an error; the last one counts for all after. */
function sessionsWith(...answers: (Error | 'keys' | 'denied')[]) {
  const asked = { times: 0 };
  const handle = async () => {
    const answer = answers[Math.min(asked.times, answers.length - 1)];
    asked.times += 1;
    if (answer instanceof Error) throw answer;
    const [statusCode, text] =
      answer === 'keys'
        ? [200, `<AssumeRoleResponse><AssumeRoleResult>${KEYS}</AssumeRoleResult></AssumeRoleResponse>`]
        : [403, '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'];
    return { response: { statusCode, headers: { 'content-type': 'text/xml' }, body: new TextEncoder().encode(text) } };
  };
  const ambient = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIA1', secretAccessKey: 's' },
    requestHandler: { handle, destroy: () => {} },
  } as unknown as Ambient;
  return { sessions: new Sessions(ambient, 'test'), asked };
}

/** The SDK does not try again by itself after this one. */
const lost = () => Object.assign(new Error('read ECONNABORTED'), { code: 'ECONNABORTED' });

describe('Sessions', () => {
  test('assume a role once for all who work by it', async () => {
    const { sessions, asked } = sessionsWith('keys');
    const [one, other] = await Promise.all([sessions.as([ROLE]), sessions.as([ROLE])]);
    for (const { credentials } of [one, other])
      expect(typeof credentials === 'function' && (await credentials())).toMatchObject({ accessKeyId: 'ASIA1' });
    expect(asked.times).toBe(1);
  });

  test('ask again after what passes', async () => {
    const { sessions, asked } = sessionsWith(lost(), 'keys');
    await expect(sessions.as([ROLE])).rejects.toThrow('AWS cannot be reached');
    await sessions.as([ROLE]);
    expect(asked.times).toBe(2);
  });

  test('ask once for what is refused', async () => {
    const { sessions, asked } = sessionsWith('denied', 'keys');
    for (let times = 0; times < 2; times += 1)
      await expect(sessions.as([ROLE])).rejects.toThrow('the permission sts:AssumeRole is missing: no');
    expect(asked.times).toBe(1);
  });
});
