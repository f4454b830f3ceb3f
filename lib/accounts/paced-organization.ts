import {
  type Account,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { ask } from '../live/ask';
import { type Rate, RateLimiter, type Timer } from '../live/rate-limiter';

/**
 * AWS Organizations answers a few requests a second for the whole organization, whoever asks, so this takes no more of them
 * than leave some for others.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
const ORGANIZATIONS_RATE: Rate = { perSecond: 3, burst: 1 };

/** An account as the organization has it. */
export interface Member {
  readonly accountId: string;
  readonly name: string;
  /** Such as `ACTIVE` or `SUSPENDED`. */
  readonly state: string;
}

/** AWS Organizations, asked as slowly as it asks for. */
export class PacedOrganization {
  private readonly limiter: RateLimiter;
  private readonly below = new Map<string, Promise<readonly Member[]>>();

  /** @param timer - (default: the machine's) */
  constructor(
    private readonly client: OrganizationsClient,
    timer?: Timer,
  ) {
    this.limiter = new RateLimiter(ORGANIZATIONS_RATE, timer);
  }

  /** Asks AWS Organizations, when it is time. */
  async ask<Answer>(
    action: string,
    send: (client: OrganizationsClient) => Promise<Answer>,
    expected: Readonly<Record<string, Answer>> = {},
  ): Promise<Answer> {
    await this.limiter.turn();
    return ask(action, () => send(this.client), expected);
  }

  /** All pages of a list, each in its turn. */
  async askAll<Page extends { readonly NextToken?: string | undefined }>(
    action: string,
    send: (client: OrganizationsClient, NextToken: string | undefined) => Promise<Page>,
  ): Promise<Page[]> {
    const found: Page[] = [];
    let token: string | undefined;
    do {
      const page = await this.ask(action, (client) => send(client, token));
      found.push(page);
      token = page.NextToken;
    } while (token !== undefined);
    return found;
  }

  /** The accounts of a unit or the root, and of all units below it. */
  accountsBelow(parentId: string): Promise<readonly Member[]> {
    const known = this.below.get(parentId) ?? this.listBelow(parentId);
    this.below.set(parentId, known);
    return known;
  }

  private async listBelow(ParentId: string): Promise<readonly Member[]> {
    const own = await this.askAll('organizations:ListAccountsForParent', (client, NextToken) =>
      client.send(new ListAccountsForParentCommand({ ParentId, NextToken })),
    );
    const units = await this.askAll('organizations:ListOrganizationalUnitsForParent', (client, NextToken) =>
      client.send(new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken })),
    );
    const ids = units.flatMap(({ OrganizationalUnits = [] }) => OrganizationalUnits.flatMap(({ Id }) => Id ?? []));
    const below = await Promise.all(ids.map((id) => this.accountsBelow(id)));
    return [...own.flatMap(({ Accounts = [] }) => Accounts.map(memberOf)), ...below.flat()];
  }
}

/** An account as AWS Organizations tells of it: older answers have a status in the place of the state. */
export const memberOf = ({ Id = '', Name = Id, State, Status }: Account): Member => ({
  accountId: Id,
  name: Name,
  state: State ?? Status ?? 'ACTIVE',
});
