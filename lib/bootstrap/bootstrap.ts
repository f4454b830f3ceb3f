import { type Access, enter, sessionOf } from '../accounts/access';
import { type Account, accountsOf } from '../accounts/accounts';
import type { Config } from '../config/config';
import { HCP_HOST, HcpClient, hcpToken } from '../live/hcp-client';
import { LiveError } from '../live/live-error';
import { type Ambient, Sessions } from '../live/sessions';
import { usualDeployers } from '../policies/deploy-role';
import type { Topology } from '../topology/topology';
import { deployRole } from './deploy-roles';
import { hcpChains } from './hcp-workspaces';
import { globalSettings, type LiveGlobalSettings } from './live-settings';
import { optIns, wantedOptIns } from './opt-ins';
import { organizationSteps } from './organization-steps';
import { requirementsOf } from './requirements';
import { resourcePolicy } from './resource-policy';
import { serviceLinkedRole } from './service-linked-role';
import { stateBucket } from './state-bucket';
import type { Chain, Row } from './step';
import { takeSteps, type Walk } from './take-steps';

export interface BootstrapOptions extends Walk {
  /** Whether deploy roles are made where they lack. */
  readonly makesDeployRoles: boolean;
  /**
   * ARNs of those who may take a deploy role that is made.
   * @default - the management account
   */
  readonly trusted?: readonly string[];
  /**
   * The role to work by in every member account, with its path.
   * @default - the deploy role of the account, or OrganizationAccountAccessRole
   */
  readonly role?: string | undefined;
  /** Where the token of HCP Terraform is. */
  readonly env: NodeJS.ProcessEnv;
  /** @default - the host of the config */
  readonly hcpUrl?: string;
}

/** What was found and done. */
export interface Bootstrapped {
  /** ARN of the identity that it was done by. */
  readonly by: string;
  readonly rows: readonly Row[];
  /** Undefined where they could not be read. */
  readonly globalSettings: LiveGlobalSettings | undefined;
}

/**
 * Prepares an organization for its first deploy: switches on and makes what lacks, and takes nothing away.
 * @throws LiveError where the credentials are not of the organization's management account; what fails later is a row
 */
export async function bootstrap(
  config: Config,
  topology: Topology,
  ambient: Omit<Ambient, 'region'>,
  options: BootstrapOptions,
): Promise<Bootstrapped> {
  const sessions = new Sessions({ ...ambient, region: topology.management.region }, 'cross-account-backup-bootstrap');
  try {
    const access = await enter(sessions, topology);
    if (options.makesDeployRoles && options.trusted === undefined && !access.isAmbient)
      throw new LiveError(
        `--deploy-roles needs --trust here: who may take the roles must be said, for ${access.identity.arn} is not of the management account`,
      );
    let live: LiveGlobalSettings | undefined;
    const delegation = topology.management.rollouts?.delegation;
    const organization: Chain = {
      what: 'organization',
      where: access.where,
      steps: async () => [
        ...organizationSteps(access, requirementsOf(config, topology)),
        ...(delegation === undefined ? [] : [resourcePolicy(access, delegation)]),
        globalSettings(sessions, access.session, topology.management, (read) => {
          live = read;
        }),
      ],
    };
    const rows = await takeSteps([organization], options);
    const accounts = accountsOf(topology);
    if (options.makesDeployRoles)
      rows.push(...(await takeSteps(accounts.flatMap(deployRoleChains(access, topology, options)), options)));
    rows.push(...(await takeSteps(accounts.map(accountChain(access, options)), options)));
    rows.push(...(await takeSteps(bucketChains(access, topology, accounts, options), options)));
    for (const chains of hcpOf(topology, options)) rows.push(...(await takeSteps(chains, options)));
    return { by: access.identity.arn, rows, globalSettings: live };
  } finally {
    sessions.close();
  }
}

const whereOf = ({ name, accountId }: Account) => ({ name, accountId });

const deployRoleChains =
  (access: Access, topology: Topology, { trusted, role: by }: BootstrapOptions) =>
  (account: Account): Chain[] =>
    account.deployRoles.map((role) => ({
      what: 'deploy role',
      where: whereOf(account),
      steps: async () => [
        deployRole(access.sessions, await sessionOf(access, account, 'administrator', by), {
          role,
          trusted: trusted ?? usualDeployers(topology.management),
          tags: topology.tags,
          where: whereOf(account),
        }),
      ],
    }));

const accountChain =
  (access: Access, { role, makesDeployRoles }: BootstrapOptions) =>
  (account: Account): Chain => ({
    what: 'account',
    where: whereOf(account),
    steps: async () => {
      // A deploy role that has just been made can be assumed before IAM knows everywhere what it may do.
      const session = await sessionOf(access, account, makesDeployRoles ? 'administrator' : 'deployer', role);
      return [
        serviceLinkedRole(access.sessions, session, whereOf(account)),
        ...wantedOptIns(account).map((wanted) =>
          optIns(access.sessions, session, { ...whereOf(account), region: wanted.region }, wanted),
        ),
      ];
    },
  });

function bucketChains(
  access: Access,
  { state, management }: Topology,
  accounts: readonly Account[],
  { role }: BootstrapOptions,
): Chain[] {
  if (state.backend !== 's3') return [];
  const { partition } = management;
  const { accountId = management.accountId, region } = state;
  const known = accounts.find((account) => account.accountId === accountId);
  const owner = known ?? { accountId, partition, deployRoles: [] };
  const where = { name: known?.name ?? 'state', accountId, region };
  const steps = async () => {
    const session = await sessionOf(access, owner, 'administrator', role);
    return stateBucket(access.sessions, session, { state, accountId, partition, where });
  };
  return [{ what: 'state bucket', where, steps }];
}

/** The chains of the workspaces, in the order of what needs what. */
function hcpOf({ state, ...topology }: Topology, { env, hcpUrl }: BootstrapOptions): (readonly Chain[])[] {
  if (state.backend !== 'hcp') return [];
  const host = state.hostname ?? HCP_HOST;
  try {
    const client = new HcpClient({ token: hcpToken(host, env), url: hcpUrl ?? `https://${host}/api/v2` });
    const { project, workspaces, sharing } = hcpChains(client, state, topology);
    return [project, workspaces, sharing];
  } catch (error) {
    return [[{ what: 'workspaces', where: { name: host }, steps: () => Promise.reject(error) }]];
  }
}
