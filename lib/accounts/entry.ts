import { LiveError } from '../live/live-error';
import { type Ambient, type ClientConfig, type Identity, type Session, Sessions } from '../live/sessions';
import type { Topology } from '../topology/topology';
import { type Account, accountsOf, waysInto } from './accounts';

/** An account to work in, in one of its Regions. */
export interface Workplace {
  readonly accountId: string;
  readonly region: string;
}

export interface EntryOptions {
  /** What the sessions are called in CloudTrail. */
  readonly name: string;
  /**
   * The role to enter every other account by, with its path.
   * @default - the deploy role of the account, or OrganizationAccountAccessRole
   */
  readonly role?: string | undefined;
}

/**
 * The accounts of a config, each entered by its deploy role when it is first asked for. The account of the ambient identity
 * is not entered: one is there already, and an account without a deploy role is worked in no other way.
 */
export class Entry {
  private readonly sessions: Sessions;
  private readonly clients = new Map<string, object>();
  private readonly accounts: ReadonlyMap<string, Account>;
  private whoIsAsking: Promise<Identity> | undefined;

  constructor(
    private readonly topology: Topology,
    ambient: Omit<Ambient, 'region'>,
    private readonly options: EntryOptions,
  ) {
    this.sessions = new Sessions({ ...ambient, region: topology.management.region }, options.name);
    this.accounts = new Map(accountsOf(topology).map((account) => [account.accountId, account]));
  }

  /**
   * A client of a service in an account and a Region, the same for as long as the entry is open.
   * @throws LiveError where the account cannot be entered
   */
  async client<Made extends { destroy(): void }>(
    Client: new (config: ClientConfig) => Made,
    { accountId, region }: Workplace,
  ): Promise<Made> {
    const session = await this.session(accountId);
    const key = `${Client.name} ${accountId} ${region}`;
    const known = this.clients.get(key);
    if (known) return known as Made;
    const made = this.sessions.client((config) => new Client(config), session, region);
    this.clients.set(key, made);
    return made;
  }

  /**
   * Who works here.
   * @throws LiveError where there are no credentials, or none that hold
   */
  identity(): Promise<Identity> {
    this.whoIsAsking ??= this.sessions.whoAmI();
    return this.whoIsAsking;
  }

  close(): void {
    this.sessions.close();
  }

  private async session(accountId: string): Promise<Session> {
    const identity = await this.identity();
    if (identity.accountId === accountId) return this.sessions.ambient;
    const { partition } = this.topology.management;
    const account = this.accounts.get(accountId) ?? { accountId, partition, deployRoles: [] };
    const ways = waysInto(account, this.options.role).deployer;
    return this.sessions.as(ways).catch((error: Error) => {
      if (!(error instanceof LiveError)) throw error;
      throw new LiveError(
        `account ${accountId} cannot be entered by ${identity.arn}: ${error.message}`,
        error.isPassing,
      );
    });
  }
}
