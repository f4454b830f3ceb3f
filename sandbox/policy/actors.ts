import type { Caller } from '../../lib/iam/request';
import type { CallerIdentity } from '../wire/exchange';
import { backupsOwnRoleArn, type Identity } from './account';
import type { Identities } from './identities';

/** What is asked of the organization; the emulated Organizations' directory answers it. */
export interface OrganizationView {
  readonly id: string;
  isMember(accountId: string): boolean;
  pathOf(accountId: string): string;
  /** By level of the organization; none for an account that no such policy binds. */
  serviceControlPolicies(accountId: string): readonly (readonly { readonly content: string }[])[];
}

/** Somebody who asks, and all that goes with them: the documents are as deployed. */
export interface Actor {
  readonly caller: Caller;
  readonly policies: readonly string[];
  readonly serviceControl: readonly (readonly string[])[];
  /** The condition keys that tell of the caller. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** What is allowed to a root user, and to a service inside itself. */
export const EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** Makes actors of ARNs, each with the policies that it has at that time. */
export class Actors {
  constructor(
    private readonly identities: Identities,
    private readonly organization: OrganizationView,
  ) {}

  /** The caller that STS tells of. One who is no longer there has no policies, and is refused. */
  async of({ arn, accountId }: CallerIdentity): Promise<Actor> {
    const [, partition = '', service, , , resource = ''] = arn.split(':');
    const [kind, ...path] = resource.split('/');
    const iam = `arn:${partition}:iam::${accountId}`;
    if (kind === 'root') return this.actor({ kind: 'root', id: `${iam}:root`, accountId }, [EVERYTHING]);
    if (kind === 'assumed-role') {
      const [name = ''] = path;
      const role = await this.identities.role(accountId, name);
      return this.role(role ?? { arn: `${iam}:role/${name}`, policies: [], trust: undefined }, accountId);
    }
    const name = path.at(-1) ?? '';
    const user = service === 'iam' ? await this.identities.user(accountId, name) : undefined;
    const id = user?.arn ?? `${iam}:user/${name}`;
    return this.actor({ kind: 'user', id, accountId }, user?.policies ?? [], { 'aws:username': name });
  }

  /** A role as AWS Backup takes it; undefined when there is none with this ARN. */
  async roleAt(arn: string): Promise<(Actor & { readonly trust: string | undefined }) | undefined> {
    const role = await this.identities.roleAt(arn);
    return role && { ...this.role(role, arn.split(':')[4] ?? ''), trust: role.trust };
  }

  /** AWS Backup's service-linked role of an account; undefined until there is one. */
  backupsOwn(partition: string, accountId: string): Promise<Actor | undefined> {
    return this.roleAt(backupsOwnRoleArn(partition, accountId));
  }

  /** A service that acts by itself, for an account. */
  service(id: string, accountId: string): Actor {
    const context = { 'aws:SourceAccount': accountId, 'aws:PrincipalIsAWSService': 'true' };
    return { caller: { kind: 'service', id, accountId: undefined }, policies: [], serviceControl: [], context };
  }

  /** The condition keys that tell of where a request goes, and to whose resource. */
  surroundings(resourceAccountId: string, region: string): Actor['context'] {
    const { organization } = this;
    return {
      'aws:RequestedRegion': region,
      'aws:ResourceAccount': resourceAccountId,
      'aws:ViaAWSService': 'false',
      ...(organization.isMember(resourceAccountId)
        ? { 'aws:ResourceOrgID': organization.id, 'aws:ResourceOrgPaths': [organization.pathOf(resourceAccountId)] }
        : {}),
    };
  }

  private role({ arn, policies }: Identity, accountId: string): Actor {
    return this.actor({ kind: 'role', id: arn, accountId }, policies);
  }

  private actor(caller: Caller, policies: readonly string[], own: Actor['context'] = {}): Actor {
    const { organization } = this;
    const accountId = caller.accountId ?? '';
    const isServiceLinked = caller.id.includes(':role/aws-service-role/');
    return {
      caller,
      policies,
      serviceControl: isServiceLinked
        ? []
        : organization.serviceControlPolicies(accountId).map((level) => level.map(({ content }) => content)),
      context: {
        'aws:PrincipalIsAWSService': 'false',
        'aws:SecureTransport': 'true',
        ...(organization.isMember(accountId)
          ? { 'aws:PrincipalOrgID': organization.id, 'aws:PrincipalOrgPaths': [organization.pathOf(accountId)] }
          : {}),
        ...own,
      },
    };
  }
}
