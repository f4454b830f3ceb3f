import { createHash } from 'node:crypto';
import type { AccountState } from '@aws-sdk/client-organizations';
import { effectivePolicy } from './management-policy';
import { fullAccess, type Policy, type PolicyType } from './policy';

/** An account, an organizational unit or the root, and what it is in. */
export interface Member {
  readonly id: string;
  readonly name: string;
  /** Undefined of the root alone. */
  readonly parentId: string | undefined;
}

/** The organization as an operator finds it. */
export interface OrganizationSetup {
  readonly id: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  readonly units: readonly (Member & { readonly parentId: string })[];
  readonly accounts: readonly (Member & {
    readonly parentId: string;
    readonly email: string;
    /** @default 'ACTIVE' */
    readonly state?: AccountState;
  })[];
  /** @default 'aws' */
  readonly partition?: string;
  /**
   * The organization's resource policy.
   * @default - there is none
   */
  readonly resourcePolicy?: { readonly id: string; readonly content: string };
}

/** An organization and all that is decided in it. */
export class Directory {
  readonly enabledTypes = new Set<PolicyType>();
  readonly policies = new Map<string, Policy>([[fullAccess.id, fullAccess]]);
  /** Ids of policies by the id of what they are attached to, in the order of attachment. */
  readonly attachments = new Map<string, Set<string>>();
  /** When each service was let in. */
  readonly services = new Map<string, Date>();
  /** By service, the accounts that administer it, and since when. */
  readonly delegations = new Map<string, Map<string, Date>>();
  readonly tags = new Map<string, Record<string, string>>();
  resourcePolicy: string | undefined;
  private policyCount = 0;
  private readonly listeners: ((accountId: string) => void)[] = [];

  /** As given, and as accounts have come and gone since. */
  readonly setup: Omit<OrganizationSetup, 'accounts'> & { accounts: OrganizationSetup['accounts'] };

  constructor(
    setup: OrganizationSetup,
    readonly created: Date,
  ) {
    this.setup = { ...setup };
    this.resourcePolicy = setup.resourcePolicy?.content;
  }

  /** Lets an account in, as one that was invited or made. */
  add(account: OrganizationSetup['accounts'][number]): void {
    this.setup.accounts = [...this.setup.accounts, account];
    // Else service control policies would allow it nothing.
    if (this.enabledTypes.has(fullAccess.type)) this.attachments.set(account.id, new Set([fullAccess.id]));
    this.tell(account.id);
  }

  /** Puts an account into another unit, or directly below the root. */
  move(accountId: string, parentId: string): void {
    this.setup.accounts = this.setup.accounts.map((account) =>
      account.id === accountId ? { ...account, parentId } : account,
    );
    this.tell(accountId);
  }

  /** Takes an account out, with what is attached to it. */
  remove(accountId: string): void {
    this.setup.accounts = this.setup.accounts.filter(({ id }) => id !== accountId);
    this.attachments.delete(accountId);
    this.tell(accountId);
  }

  /** Has somebody told of each account that has come, moved or gone. */
  onMove(listener: (accountId: string) => void): void {
    this.listeners.push(listener);
  }

  private tell(accountId: string): void {
    for (const listener of this.listeners) listener(accountId);
  }

  get id(): string {
    return this.setup.id;
  }

  get managementAccountId(): string {
    return this.setup.managementAccountId;
  }

  /** The root, every unit and every account. */
  members(): readonly Member[] {
    const { rootId, units, accounts } = this.setup;
    return [{ id: rootId, name: 'Root', parentId: undefined }, ...units, ...accounts];
  }

  member(id: string): Member | undefined {
    return this.members().find((member) => member.id === id);
  }

  isMember(accountId: string): boolean {
    return this.setup.accounts.some(({ id }) => id === accountId);
  }

  /** From the root down to the member itself, as policies are inherited. */
  lineOf(id: string): readonly Member[] {
    const member = this.member(id);
    if (!member) return [];
    return member.parentId === undefined ? [member] : [...this.lineOf(member.parentId), member];
  }

  /** What `aws:PrincipalOrgPaths` holds of an account. */
  pathOf(accountId: string): string {
    const line = this.lineOf(accountId).slice(0, -1);
    return `${[this.setup.id, ...line.map(({ id }) => id)].join('/')}/`;
  }

  /** The policies of a type that are attached to a member itself. */
  attachedTo(id: string, type: PolicyType): readonly Policy[] {
    return [...(this.attachments.get(id) ?? [])].flatMap((policyId) => {
      const policy = this.policies.get(policyId);
      return policy?.type === type ? [policy] : [];
    });
  }

  /**
   * The service control policies in force on an account by level, as an evaluator takes them; none bind the management
   * account, and none where the type is not enabled.
   */
  serviceControlPolicies(accountId: string): readonly (readonly Policy[])[] {
    const isFree = accountId === this.setup.managementAccountId || !this.enabledTypes.has('SERVICE_CONTROL_POLICY');
    if (isFree) return [];
    return this.lineOf(accountId).map(({ id }) => this.attachedTo(id, 'SERVICE_CONTROL_POLICY'));
  }

  /**
   * What the backup policies of a member's whole line come to, every key in lower case and `$account` as it is written;
   * undefined where there are none.
   */
  effectiveBackupPolicy(accountId: string): object | undefined {
    const levels = this.lineOf(accountId).map(({ id }) => this.attachedTo(id, 'BACKUP_POLICY'));
    if (levels.flat().length === 0) return undefined;
    return effectivePolicy(levels.map((policies) => policies.map(({ content }) => JSON.parse(content))));
  }

  /** An id that is the same in each run. */
  nextPolicyId(): string {
    this.policyCount += 1;
    const hash = createHash('sha256').update(`${this.setup.id} ${this.policyCount}`).digest('hex');
    return `p-${hash.slice(0, 10)}`;
  }

  /** The ARN of something in the organization, such as `policy/<organization>/backup_policy/p-1`. */
  arn(resource: string): string {
    return `arn:${this.setup.partition ?? 'aws'}:organizations::${this.setup.managementAccountId}:${resource}`;
  }

  /** The ARN of a member. */
  memberArn({ id }: Member): string {
    const kind = id.startsWith('r-') ? 'root' : id.startsWith('ou-') ? 'ou' : 'account';
    return this.arn(`${kind}/${this.setup.id}/${id}`);
  }
}
