import type { Access } from '../accounts/access';
import { PacedOrganization } from '../accounts/paced-organization';
import type { Timer } from '../live/rate-limiter';

/** The organization that is audited, and whoever may read it. */
export class Organization extends PacedOrganization {
  constructor(
    readonly access: Access,
    timer?: Timer,
  ) {
    super(access.organizations, timer);
  }
}
