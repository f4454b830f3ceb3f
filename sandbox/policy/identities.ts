import { GetPolicyCommand, GetPolicyVersionCommand } from '@aws-sdk/client-iam';
import { type Account, decoded, type Identity, readAccount } from './account';
import { Memo } from './memo';
import type { MotoClients } from './moto-clients';

/** The roles and users of every account as deployed, read from moto once until something there changes. */
export class Identities {
  private readonly accounts = new Memo<Account>((accountId) =>
    readAccount(this.clients.iam(accountId), (arn) => this.awsManaged(arn)),
  );
  private readonly documents = new Memo<string>((arn) => this.readAwsManaged(arn));

  constructor(private readonly clients: MotoClients) {}

  async role(accountId: string, name: string): Promise<Identity | undefined> {
    return (await this.accounts.of(accountId))?.roles.get(name.toLowerCase());
  }

  async user(accountId: string, name: string): Promise<Identity | undefined> {
    return (await this.accounts.of(accountId))?.users.get(name.toLowerCase());
  }

  /** The role with this ARN, path and all. */
  async roleAt(arn: string): Promise<Identity | undefined> {
    const [, , , , accountId = '', resource = ''] = arn.split(':');
    const role = await this.role(accountId, resource.split('/').at(-1) ?? '');
    return role?.arn === arn ? role : undefined;
  }

  /** Of one account, or of all. */
  forget(accountId?: string): void {
    this.accounts.forget((known) => accountId === undefined || known === accountId);
  }

  private async awsManaged(arn: string): Promise<string> {
    const document = await this.documents.of(arn);
    if (document === undefined) throw new Error(`moto does not tell what ${arn} says`);
    return document;
  }

  /** AWS's own policies are the same in every account. */
  private async readAwsManaged(PolicyArn: string): Promise<string | undefined> {
    const client = this.clients.iam('123456789012');
    const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return PolicyVersion?.Document === undefined ? undefined : decoded(PolicyVersion.Document);
  }
}
