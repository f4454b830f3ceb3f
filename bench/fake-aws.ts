import type { VirtualTime } from './virtual-time';

/** A request of the SDK, as far as it tells what is asked by whom. */
interface Sent {
  readonly hostname: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What is asked. */
export interface Asked {
  readonly service: string;
  /** Such as `GetRole`, or the path where that alone tells. */
  readonly operation: string;
  readonly accountId: string;
  readonly region: string;
  readonly input: Readonly<Record<string, string>>;
}

/** A token bucket, as AWS keeps them: filled at a rate, up to a burst. */
export interface Bucket {
  readonly perSecond: number;
  readonly burst: number;
  /** What shares one bucket. */
  of(asked: Asked): string;
}

export interface FakeAwsProps {
  readonly time: VirtualTime;
  /** By service. */
  readonly buckets: Readonly<Record<string, Bucket>>;
  /** Body of the answer to what is asked. */
  answer(asked: Asked): string;
}

/** As much of AWS as takes time and refuses who asks too often: answers come after 40 to 160 ms. */
export class FakeAws {
  readonly asked = new Map<string, number>();
  throttled = 0;
  private seed = 1;
  private readonly tokens = new Map<string, { left: number; at: number }>();

  constructor(private readonly props: FakeAwsProps) {}

  /** What clients send their requests by. */
  readonly requestHandler = {
    destroy: () => {},
    handle: async (request: Sent) => {
      const asked = askedBy(request);
      const name = `${asked.service}:${asked.operation}`;
      this.asked.set(name, (this.asked.get(name) ?? 0) + 1);
      await this.props.time.wait(40 + this.random() * 120);
      if (this.isTooOften(asked)) {
        this.throttled += 1;
        return { response: refusalOf(asked) };
      }
      const body = this.props.answer(asked);
      return { response: responseOf(200, body.startsWith('<') ? wrapped(asked, body) : body) };
    },
  };

  private isTooOften(asked: Asked): boolean {
    const bucket = this.props.buckets[asked.service];
    if (!bucket) return false;
    const key = `${asked.service} ${bucket.of(asked)}`;
    const now = this.props.time.now();
    const { left, at } = this.tokens.get(key) ?? { left: bucket.burst, at: now };
    const filled = Math.min(bucket.burst, left + ((now - at) / 1000) * bucket.perSecond);
    this.tokens.set(key, { left: filled >= 1 ? filled - 1 : filled, at: now });
    return filled < 1;
  }

  /** The same in each run. */
  private random(): number {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }
}

const responseOf = (statusCode: number, body: string) => ({
  statusCode,
  headers: { 'content-type': body.startsWith('<') ? 'text/xml' : 'application/json' },
  body: new TextEncoder().encode(body),
});

/** EC2 has the answer itself where other services have it in a result. */
const wrapped = ({ service, operation }: Asked, body: string) =>
  service === 'ec2'
    ? `<${operation}Response>${body}</${operation}Response>`
    : `<${operation}Response><${operation}Result>${body}</${operation}Result></${operation}Response>`;

/** In the protocol of the service. */
function refusalOf({ service }: Asked) {
  const [Code, Message] = ['Throttling', 'Rate exceeded'];
  const error = `<Error><Type>Sender</Type><Code>${Code}</Code><Message>${Message}</Message></Error>`;
  if (service === 'ec2') return responseOf(503, `<Response><Errors>${error}</Errors></Response>`);
  if (['iam', 'sts', 'cloudformation'].includes(service))
    return responseOf(400, `<ErrorResponse>${error}</ErrorResponse>`);
  return responseOf(400, JSON.stringify({ __type: 'TooManyRequestsException', message: Message }));
}

/** By the key that it is signed with, which names the account that it was made for. */
function askedBy({ path, headers, body }: Sent): Asked {
  const [, key = '', region = '', service = ''] =
    /Credential=(\w+)\/\d+\/([\w-]+)\/([\w-]+)\//.exec(headers.authorization ?? '') ?? [];
  const target = headers['x-amz-target']?.split('.').at(-1);
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body ?? '');
  const input: Record<string, string> =
    target === undefined ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text || '{}');
  const [, resource = ''] = path.split('/');
  const last = path.endsWith('/access-policy') ? 'access-policy' : resource;
  return { service, operation: target ?? input.Action ?? last, accountId: key.slice(-12), region, input };
}
