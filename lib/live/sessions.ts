import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { ask } from './ask';
import { LiveError } from './live-error';

/** Keys as an SDK's client takes them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Who a command is run as, and where AWS is. */
export interface Ambient {
  /** The Region of what has none, such as STS. */
  readonly region: string;
  /** @default - what the environment, a profile or the machine gives */
  readonly credentials?: NonNullable<Session['credentials']>;
  /** @default - AWS, or what `AWS_ENDPOINT_URL` names */
  readonly endpoint?: string;
  /**
   * What sends requests.
   * @default - the network
   */
  readonly requestHandler?: RequestHandler;
}

type RequestHandler = NonNullable<STSClientConfig['requestHandler']>;

/** Who AWS says that somebody is. */
export interface Identity {
  readonly accountId: string;
  readonly arn: string;
}

/** Keys of a role, which end after an hour. */
interface RoleCredentials extends Credentials {
  readonly expiration: Date | undefined;
}

/** An identity to work with: the ambient one, or a role that it has assumed. */
export interface Session {
  /** Undefined of the ambient identity where the SDK finds it; of a role what gets its keys, and new ones in time. */
  readonly credentials: Credentials | (() => Promise<RoleCredentials>) | undefined;
}

/** What every client of a command is made with. */
export interface ClientConfig {
  readonly region: string;
  readonly credentials?: NonNullable<Session['credentials']>;
  readonly endpoint?: string;
  readonly requestHandler?: RequestHandler;
  readonly maxAttempts: number;
}

interface Client {
  destroy(): void;
}

/** Throttling is common where many accounts are asked at once. */
const MAX_ATTEMPTS = 8;

/** How long before their end keys are not used any more, in milliseconds. */
const SPARE_MS = 5 * 60_000;

/** The identities that a command works under, and their clients until it ends. */
export class Sessions {
  private readonly assumed = new Map<string, Promise<RoleCredentials>>();
  private readonly clients: Client[] = [];
  readonly ambient: Session;
  private sts: STSClient | undefined;

  /** @param name - what the sessions are called in CloudTrail */
  constructor(
    private readonly props: Ambient,
    private readonly name: string,
  ) {
    this.ambient = { credentials: props.credentials };
  }

  /** Makes a client of a service, and keeps it until `close`. */
  client<Made extends Client>(make: (config: ClientConfig) => Made, session = this.ambient, region?: string): Made {
    const { credentials } = session;
    const { endpoint, requestHandler } = this.props;
    const client = make({
      region: region ?? this.props.region,
      maxAttempts: MAX_ATTEMPTS,
      ...(credentials === undefined ? {} : { credentials }),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(requestHandler === undefined ? {} : { requestHandler }),
    });
    this.clients.push(client);
    return client;
  }

  /**
   * Asks STS whose the ambient identity is, which takes no permission.
   * @throws LiveError where there are no credentials, or none that hold
   */
  async whoAmI(): Promise<Identity> {
    const sts = this.client((config) => new STSClient(config));
    const { Account = '', Arn = '' } = await ask('sts:GetCallerIdentity', () =>
      sts.send(new GetCallerIdentityCommand({})),
    );
    return { accountId: Account, arn: Arn };
  }

  /**
   * Assumes the first of some roles that the ambient identity may; each is tried once.
   * @throws LiveError with the reason of each
   */
  async as(roleArns: readonly string[]): Promise<Session> {
    const reasons: string[] = [];
    let isPassing = false;
    for (const roleArn of roleArns) {
      try {
        await this.assume(roleArn);
        return { credentials: () => this.assume(roleArn) };
      } catch (error) {
        if (!(error instanceof LiveError)) throw error;
        isPassing ||= error.isPassing;
        reasons.push(`${roleArn}: ${error.message}`);
      }
    }
    throw new LiveError(`no role of the account can be assumed; ${reasons.join('; ')}`, isPassing);
  }

  close(): void {
    for (const client of this.clients) client.destroy();
  }

  /** The keys of a role, anew when they are about to end: a copy may take longer than they last. */
  private async assume(roleArn: string): Promise<RoleCredentials> {
    const known = this.assumed.get(roleArn);
    if (known) {
      const { expiration } = await known;
      if (expiration === undefined || expiration.getTime() - Date.now() > SPARE_MS) return known;
      // Whoever came first has them on the way.
      const renewed = this.assumed.get(roleArn);
      if (renewed && renewed !== known) return renewed;
    }
    // One for all: each would look for the ambient credentials anew, which may ask a program or a person.
    this.sts ??= this.client((config) => new STSClient(config));
    const { sts } = this;
    const order = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: this.name });
    const given = ask('sts:AssumeRole', () => sts.send(order)).then(({ Credentials: keys }) => ({
      accessKeyId: keys?.AccessKeyId ?? '',
      secretAccessKey: keys?.SecretAccessKey ?? '',
      sessionToken: keys?.SessionToken,
      expiration: keys?.Expiration,
    }));
    this.assumed.set(roleArn, given);
    // A refusal stands; what passes is asked anew, by whoever comes next.
    given.catch((error: unknown) => {
      if (error instanceof LiveError && error.isPassing && this.assumed.get(roleArn) === given)
        this.assumed.delete(roleArn);
    });
    return given;
  }
}
