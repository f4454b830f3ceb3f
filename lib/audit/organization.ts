import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import type { Access } from '../accounts/access';
import { type Member, memberOf, PacedOrganization } from '../accounts/paced-organization';
import type { Timer } from '../live/rate-limiter';

/** The organization that is audited, and whoever may read it. */
export class Organization extends PacedOrganization {
  constructor(
    readonly access: Access,
    timer?: Timer,
  ) {
    super(access.organizations, timer);
  }

  /** Every account, whatever its state. */
  async accounts(): Promise<Member[]> {
    const pages = await this.askAll('organizations:ListAccounts', (client, NextToken) =>
      client.send(new ListAccountsCommand({ NextToken })),
    );
    return pages.flatMap(({ Accounts = [] }) => Accounts.map(memberOf));
  }
}
