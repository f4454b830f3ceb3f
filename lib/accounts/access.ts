import { DescribeOrganizationCommand, ListRootsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { ask } from '../live/ask';
import { LiveError } from '../live/live-error';
import type { Identity, Session, Sessions } from '../live/sessions';
import type { Topology } from '../topology/topology';
import { type Account, waysInto } from './accounts';

/** The way into the organization. */
export interface OrganizationAccess {
  readonly sessions: Sessions;
  readonly session: Session;
  readonly organizations: OrganizationsClient;
  readonly rootId: string;
  /** The management account, as the config calls it. */
  readonly where: { readonly name: string; readonly accountId: string };
}

/** A session of the management account, and the organization that it is of. */
export interface Access extends OrganizationAccess {
  readonly identity: Identity;
  /** Whether the ambient identity is of the management account. */
  readonly isAmbient: boolean;
}

/**
 * Works in the management account: as the ambient identity, or as `management.deployRole` where that is of another one.
 * @throws LiveError where neither leads there, or where it is not the organization of the config
 */
export async function enter(sessions: Sessions, { management, organization }: Topology): Promise<Access> {
  const identity = await sessions.whoAmI();
  const isAmbient = identity.accountId === management.accountId;
  if (!isAmbient && management.deployRoleArn === undefined)
    throw new LiveError(
      `these credentials must be of the management account ${management.accountId}, and are of ${identity.accountId} (${identity.arn}): take others, or name a role of the management account in management.deployRole`,
    );
  const session = isAmbient ? sessions.ambient : await sessions.as([management.deployRoleArn ?? '']);
  const organizations = sessions.client((config) => new OrganizationsClient(config), session);
  const { Organization } = await ask('organizations:DescribeOrganization', () =>
    organizations.send(new DescribeOrganizationCommand({})),
  );
  const must = (what: string, expected: string, got: string | undefined) => {
    if (got !== expected) throw new LiveError(`${what} must be ${expected}, as the config has it, and is ${got}`);
  };
  must('the organization of these credentials', organization.id, Organization?.Id);
  must('its management account', management.accountId, Organization?.MasterAccountId);
  if (Organization?.FeatureSet !== 'ALL')
    throw new LiveError(
      'the organization must have all features, and has consolidated billing alone: enable them in AWS Organizations',
    );
  const { Roots = [] } = await ask('organizations:ListRoots', () => organizations.send(new ListRootsCommand({})));
  const rootId = Roots[0]?.Id ?? '';
  if (organization.rootId !== undefined) must('the root of the organization', organization.rootId, rootId);
  const where = { name: management.name, accountId: management.accountId };
  return { identity, isAmbient, sessions, session, organizations, rootId, where };
}

/**
 * A session of an account of the config, or of the one that owns the states. The account of the ambient identity is not
 * entered: one is there already.
 * @param work - what is to be done: as an administrator, or what the deploy role may do as well
 */
export function sessionOf(
  { sessions, session, where, identity }: Access,
  account: Pick<Account, 'accountId' | 'partition' | 'deployRoles'>,
  work: 'deployer' | 'administrator',
  role: string | undefined,
): Promise<Session> {
  if (account.accountId === where.accountId) return Promise.resolve(session);
  if (account.accountId === identity.accountId) return Promise.resolve(sessions.ambient);
  return sessions.as(waysInto(account, role)[work]);
}
