import { enter } from '../accounts/access';
import type { Config } from '../config/config';
import { inParallel } from '../live/in-parallel';
import type { Timer } from '../live/rate-limiter';
import { type Ambient, Sessions } from '../live/sessions';
import type { Topology } from '../topology/topology';
import type { Check, CheckOf, OrganizationSight } from './check';
import { CHECKS } from './checks';
import type { Finding } from './finding';
import { lookAt, problemsOf } from './look-at';
import { Organization } from './organization';
import { auditees, type Narrowing, narrowed } from './scope';

export interface AuditOptions extends Narrowing {
  /**
   * The role to read with in every member account, with its path.
   * @default - the deploy role of the account, or OrganizationAccountAccessRole
   */
  readonly role?: string | undefined;
  /** Accounts that are looked at at once, 1 or more. */
  readonly jobs: number;
  /** Hears how many accounts are done, of how many. */
  readonly onProgress: (done: number, all: number) => void;
  /** @default - the machine's clock */
  readonly timer?: Timer;
}

/** What an audit found, and how much it looked at. */
export interface Audited {
  /** ARN of the identity that looked. */
  readonly by: string;
  readonly accounts: number;
  /** Accounts by Regions. */
  readonly places: number;
  /** Questions that were answered, or could not be. */
  readonly checks: number;
  readonly findings: readonly Finding[];
}

/**
 * Looks whether everything is as the config has it, and changes nothing.
 * @throws LiveError where the credentials are not of the organization's management account, or may not list its accounts,
 * and where an account or a Region is asked for that there is none of; what fails later is a finding
 */
export async function audit(
  config: Config,
  topology: Topology,
  ambient: Omit<Ambient, 'region'>,
  options: AuditOptions,
): Promise<Audited> {
  const whole = { ...ambient, region: topology.management.region };
  const sessions = new Sessions(whole, SESSION_NAME);
  try {
    const access = await enter(sessions, topology);
    const organization = new Organization(access, options.timer);
    const everyone = await auditees(organization, topology);
    const looked = narrowed(everyone, options);
    const isAsked = (region: string) => options.regions?.includes(region) ?? true;
    const sight: OrganizationSight = { config, topology, organization, everyone, auditees: looked, isAsked };
    // Whoever asks for some accounts wants to know of those.
    const ofOrganization = checksOf('organization').filter(
      ({ name }) => options.accountIds === undefined || ABOUT_ACCOUNTS.has(name),
    );
    const { management } = topology;
    const where = { name: management.name, accountId: management.accountId };
    const reachable = looked.filter(({ member }) => member?.state === 'ACTIVE');
    let done = 0;
    options.onProgress(done, reachable.length);
    const [found, looks] = await Promise.all([
      inParallel(ofOrganization.length, ofOrganization, (check) =>
        problemsOf(check.name, where, 'identity', () => check.problems(sight)),
      ),
      inParallel(options.jobs, reachable, async (auditee) => {
        const look = await lookAt(auditee, sight, { ...whole, sessions, role: options.role });
        done += 1;
        options.onProgress(done, reachable.length);
        return look;
      }),
    ]);
    return {
      by: access.identity.arn,
      accounts: looked.length,
      places: looked.reduce((sum, { sites }) => sum + sites.length, 0),
      checks: ofOrganization.length + looks.reduce((sum, { checks }) => sum + checks, 0),
      findings: [...found.flat(), ...looks.flatMap(({ findings }) => findings)],
    };
  } finally {
    sessions.close();
  }
}

/** What the sessions are called in CloudTrail. */
const SESSION_NAME = 'cross-account-backup-audit';

/** Checks of the organization whose problems are of accounts. */
const ABOUT_ACCOUNTS = new Set(['membership', 'StackSets']);

/** The checks of one kind. */
export const checksOf = <Kind extends Check['of']>(kind: Kind): CheckOf<Kind>[] =>
  CHECKS.filter((check): check is CheckOf<Kind> => check.of === kind);
