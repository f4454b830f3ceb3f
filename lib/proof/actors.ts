import { accountRootArn, backupServiceLinkedRoleArn, type Partition, roleArn } from '../aws/arn';
import { BACKUP_PRINCIPAL } from '../aws/backup';
import { SCANNER_PRINCIPAL } from '../aws/scans';
import { type CompiledPolicy, compilePolicy } from '../iam/policy';
import type { Caller } from '../iam/request';
import type { Topology } from '../topology/topology';
import type { Deployed, DeployedRole } from './deployed';
import { managedPolicy, SERVICE_LINKED_ROLE_POLICY } from './managed-policy';

/** Somebody who asks for something: an identity, what its own policies allow, and what binds its account. */
export interface Actor {
  /** As an operator would say it. */
  readonly label: string;
  readonly caller: Caller;
  readonly identity: readonly CompiledPolicy[];
  readonly serviceControl: readonly (readonly CompiledPolicy[])[];
  /** `aws:PrincipalOrgID` and `aws:PrincipalOrgPaths`; nothing for an account outside of any organization. */
  readonly membership: Readonly<Record<string, string | readonly string[]>>;
  /** The organization of everything that is asked about. */
  readonly resourceOrgId: string;
}

/** Files of the operator's, for what no stack says. */
export interface OperatorFiles {
  /** What the deploy roles may do. */
  readonly deployRolePolicy: CompiledPolicy | undefined;
  /** Service control policies that are in force besides. */
  readonly extraServiceControl: readonly CompiledPolicy[];
}

const EVERYTHING = [
  compilePolicy('AdministratorAccess', {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  }),
];

/** A role while AWS Backup works as it, beyond what its own policies say. */
export const atWork = (actor: Actor): Actor => ({ ...actor, identity: EVERYTHING });

/** Makes the actors of one organization. */
export class Actors {
  private readonly partition: Partition;
  /** Accounts of the config, with the unit each is in as far as it is told. */
  private readonly paths: ReadonlyMap<string, string | undefined>;
  private readonly levelsOfAccounts = new Map<string, Actor['serviceControl']>();

  constructor(
    private readonly topology: Topology,
    private readonly deployed: Deployed,
    private readonly files: OperatorFiles,
  ) {
    this.partition = topology.management.partition;
    const { destinations, sources, organizationPolicies } = topology;
    const standIns = organizationPolicies?.rollouts.flatMap((rollout) => rollout.standIns) ?? [];
    // What the config tells of an account itself counts more than where it stands for others.
    this.paths = new Map([...standIns, ...destinations, ...sources].map((site) => [site.accountId, site.ouPath]));
  }

  /** Whoever has an administrator's permissions in an account: the attacker, and everybody's mistakes. */
  administrator(accountId: string): Actor {
    const arn = roleArn(this.partition, accountId, 'Administrator');
    return this.actor(`an administrator of ${accountId}`, { kind: 'role', id: arn, accountId }, EVERYTHING);
  }

  root(accountId: string): Actor {
    const id = accountRootArn(this.partition, accountId);
    return this.actor(`the root user of ${accountId}`, { kind: 'root', id, accountId }, EVERYTHING);
  }

  /** One of a site's exempted roles; a pattern's star stands for any end. */
  exempted(pattern: string, accountId: string, isDeployRole: boolean): Actor {
    const id = pattern.replaceAll('*', 'any');
    const identity = isDeployRole && this.files.deployRolePolicy ? [this.files.deployRolePolicy] : EVERYTHING;
    return this.actor(id, { kind: 'role', id, accountId }, identity);
  }

  /** A role that the stacks make, with the policies they give it. */
  role({ arn, accountId, identity }: DeployedRole): Actor {
    return this.actor(arn, { kind: 'role', id: arn, accountId }, identity);
  }

  /**
   * AWS Backup's own role of an account, which no service control policy binds. `isWorking` stands for what AWS Backup
   * does inside, where no policy of the role's own is documented.
   */
  serviceLinkedRole(accountId: string, isWorking = false): Actor {
    const policy = managedPolicy(this.partition, SERVICE_LINKED_ROLE_POLICY);
    return {
      label: `AWS Backup's service-linked role of ${accountId}`,
      caller: { kind: 'role', id: backupServiceLinkedRoleArn(this.partition, accountId), accountId },
      identity: isWorking || !policy ? EVERYTHING : [policy],
      serviceControl: [],
      membership: this.membershipOf(accountId),
      resourceOrgId: this.topology.organization.id,
    };
  }

  /** AWS Backup itself, which takes a role on behalf of an account. */
  service(): Actor {
    return this.principal('AWS Backup', BACKUP_PRINCIPAL);
  }

  /** GuardDuty itself, which takes the role that it scans with. */
  scanner(): Actor {
    return this.principal('GuardDuty', SCANNER_PRINCIPAL);
  }

  private principal(label: string, id: string): Actor {
    return {
      label,
      caller: { kind: 'service', id, accountId: undefined },
      identity: [],
      serviceControl: [],
      membership: {},
      resourceOrgId: this.topology.organization.id,
    };
  }

  /** Another actor of the same kind after its account has left the organization, or one that never was in it. */
  outside(actor: Actor): Actor {
    return { ...actor, label: `${actor.label}, outside the organization`, serviceControl: [], membership: {} };
  }

  /** Whether the policies of the stacks bind an account; the management account they never do. */
  isGuarded(accountId: string): boolean {
    return this.attachedTo(accountId).length > 0;
  }

  /** Where an account is: what a vault that admits by unit asks. */
  membershipOf(accountId: string): Actor['membership'] {
    const { id } = this.topology.organization;
    const path = this.paths.get(accountId) ?? this.assumedPath(accountId) ?? `${id}/${this.rootId()}/`;
    return { 'aws:PrincipalOrgID': id, 'aws:PrincipalOrgPaths': [path] };
  }

  private actor(label: string, caller: Caller, identity: readonly CompiledPolicy[]): Actor {
    const accountId = caller.accountId ?? '';
    return {
      label,
      caller,
      identity,
      serviceControl: this.levels(accountId),
      membership: this.membershipOf(accountId),
      resourceOrgId: this.topology.organization.id,
    };
  }

  private levels(accountId: string): Actor['serviceControl'] {
    if (accountId === this.topology.management.accountId || !this.paths.has(accountId)) return [];
    const known = this.levelsOfAccounts.get(accountId);
    if (known) return known;
    const { extraServiceControl: extra } = this.files;
    // A policy with an Allow stands in the place of AWS's FullAWSAccess, each at a level of its own to be on the safe side.
    const allows = ({ statements }: CompiledPolicy) => statements.some(({ isDeny }) => !isDeny);
    const ours = [...EVERYTHING, ...this.attachedTo(accountId), ...extra.filter((policy) => !allows(policy))];
    const levels = [ours, ...extra.filter(allows).map((policy) => [policy])];
    this.levelsOfAccounts.set(accountId, levels);
    return levels;
  }

  private attachedTo(accountId: string): readonly CompiledPolicy[] {
    if (accountId === this.topology.management.accountId) return [];
    const places = [accountId, ...(this.paths.get(accountId)?.split('/') ?? []), this.rootId()];
    return [...new Set(places)].flatMap((place) => this.deployed.serviceControl.get(place) ?? []);
  }

  private rootId(): string {
    const attachedRoot = [...this.deployed.serviceControl.keys()].find((target) => target.startsWith('r-'));
    return this.topology.organization.rootId ?? attachedRoot ?? 'r-0000';
  }

  /** A source whose unit the config does not tell is taken to be in one that is admitted; a warning says so. */
  private assumedPath(accountId: string): string | undefined {
    if (!this.topology.sources.some((site) => site.accountId === accountId)) return undefined;
    return this.topology.destinations.flatMap(({ vaultAccess }) =>
      vaultAccess.by === 'ouPaths' ? vaultAccess.ouPaths : [],
    )[0];
  }
}
