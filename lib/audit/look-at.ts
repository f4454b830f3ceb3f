import { BackupClient } from '@aws-sdk/client-backup';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { sessionOf } from '../accounts/access';
import type { Where } from '../bootstrap/step';
import { type Ambient, type Session, Sessions } from '../live/sessions';
import type { Auditee, VaultSite } from './auditee';
import type { OrganizationSight } from './check';
import { CHECKS } from './checks';
import type { Finding, Problem } from './finding';
import { type Asker, unanswered, unreachable } from './unanswered';
import { Vaults } from './vaults';

/** How an account is reached. */
export interface Way extends Ambient {
  /** The sessions of the ambient identity. */
  readonly sessions: Sessions;
  readonly role: string | undefined;
}

/** What was found in an account, and how many checks it took. */
export interface Look {
  readonly findings: readonly Finding[];
  readonly checks: number;
}

/** Looks at one account and its Regions, and lets go of all clients. */
export async function lookAt(auditee: Auditee, sight: OrganizationSight, way: Way): Promise<Look> {
  const where: Where = { name: auditee.name, accountId: auditee.accountId };
  let session: Session;
  try {
    session = await sessionOf(sight.organization.access, auditee, 'deployer', way.role);
  } catch (reason) {
    return { findings: [{ ...unreachable(reason), check: 'access', where }], checks: 1 };
  }
  const { endpoint, requestHandler, region, credentials } = way;
  const own = session.credentials ?? credentials;
  const clients = new Sessions(
    {
      region,
      ...(own === undefined ? {} : { credentials: own }),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(requestHandler === undefined ? {} : { requestHandler }),
    },
    auditee.name,
  );
  try {
    const iam = clients.client((config) => new IAMClient(config));
    const backups = new Map<string, BackupClient>();
    const backup = (place: string) => {
      const client = backups.get(place) ?? clients.client((config) => new BackupClient(config), undefined, place);
      backups.set(place, client);
      return client;
    };
    const siteSight = (site: VaultSite) => {
      const kms = clients.client((config) => new KMSClient(config), undefined, site.region);
      const ec2 = clients.client((config) => new EC2Client(config), undefined, site.region);
      const live = backup(site.region);
      return { ...sight, site, iam, backup: live, kms, ec2, vaults: new Vaults(live, kms) };
    };
    const sights = auditee.sites.map(siteSight);
    const asker = auditee.management ? 'identity' : 'role';
    const looks = CHECKS.flatMap((check) => {
      switch (check.of) {
        case 'account':
          return [
            problemsOf(check.name, where, check.asked === 'organization' ? 'identity' : asker, () =>
              check.problems({ ...sight, auditee, iam, backup }),
            ),
          ];
        case 'site':
          return sights.map((one) =>
            problemsOf(check.name, { ...where, region: one.site.region }, asker, () => check.problems(one)),
          );
        default:
          return [];
      }
    });
    return { findings: (await settled(looks)).flat(), checks: looks.length };
  } finally {
    clients.close();
  }
}

/** Clients must not be let go of while others still ask. */
async function settled<Answer>(looks: readonly Promise<Answer>[]): Promise<Answer[]> {
  await Promise.allSettled(looks);
  return Promise.all(looks);
}

/** The findings of one check at one place; what cannot be asked is one too. */
export async function problemsOf(
  check: string,
  where: Where,
  asker: Asker,
  problems: () => Promise<readonly (Problem & { readonly where?: Where })[]>,
): Promise<Finding[]> {
  try {
    return (await problems()).map((problem) => ({ where, ...problem, check }));
  } catch (reason) {
    return [{ ...unanswered(check, reason, asker), check, where }];
  }
}
