import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  KMSServiceException,
  ListAliasesCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { Memo } from './memo';
import type { MotoClients } from './moto-clients';

/** A KMS key as deployed. */
export interface Key {
  readonly arn: string;
  readonly accountId: string;
  readonly policy: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly isEnabled: boolean;
  /** Whether AWS made it for a service, such as `aws/ebs`: its policy is for its own account and cannot be changed. */
  readonly isAwsManaged: boolean;
}

/** An account and a Region. */
export interface KeyPlace {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/** The keys of every account and Region, read from moto once until something there changes. */
export class Keys {
  private readonly aliases = new Memo<ReadonlyMap<string, string>>((place) => this.readAliases(place));
  private readonly keys = new Memo<Key>((arn) => this.read(arn));

  constructor(private readonly clients: MotoClients) {}

  /** The ARN of a key that is named in any of KMS's four ways; undefined of an alias that is not there. */
  async arnOf(name: string, place: KeyPlace): Promise<string | undefined> {
    const [, partition = place.partition, , region = place.region, accountId = place.accountId, resource = ''] =
      name.startsWith('arn:') ? name.split(':') : ['', undefined, '', undefined, undefined, name];
    if (!resource.startsWith('alias/'))
      return `arn:${partition}:kms:${region}:${accountId}:key/${resource.replace(/^key\//, '')}`;
    const id = (await this.aliases.of(`${accountId} ${region}`))?.get(resource);
    return id === undefined ? undefined : `arn:${partition}:kms:${region}:${accountId}:key/${id}`;
  }

  /** A key that is not there is asked for again. */
  at(arn: string): Promise<Key | undefined> {
    return this.keys.of(arn);
  }

  /** Everything of an account, or of all. */
  forget(accountId?: string): void {
    this.keys.forget((arn) => accountId === undefined || arn.split(':')[4] === accountId);
    this.aliases.forget((place) => accountId === undefined || place.startsWith(accountId));
  }

  /** One key, by its id or ARN. */
  forgetKey(name: string): void {
    const id = name.split('/').at(-1);
    this.keys.forget((arn) => arn.endsWith(`/${id}`));
  }

  private async readAliases(place: string): Promise<ReadonlyMap<string, string>> {
    const [accountId = '', region = ''] = place.split(' ');
    const { Aliases = [] } = await this.clients.kms(accountId, region).send(new ListAliasesCommand({}));
    return new Map(Aliases.map(({ AliasName = '', TargetKeyId = '' }) => [AliasName, TargetKeyId]));
  }

  private async read(arn: string): Promise<Key | undefined> {
    const [, , , region = '', accountId = '', resource = ''] = arn.split(':');
    const KeyId = resource.replace(/^key\//, '');
    const aliases = await this.aliases.of(`${accountId} ${region}`);
    const isAwsManaged = [...(aliases ?? [])].some(([name, id]) => name.startsWith('alias/aws/') && id === KeyId);
    if (isAwsManaged) return { arn, accountId, policy: '{}', tags: {}, isEnabled: true, isAwsManaged };
    const client = this.clients.kms(accountId, region);
    try {
      const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
      const { Policy = '{}' } = await client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
      const { Tags = [] } = await client.send(new ListResourceTagsCommand({ KeyId }));
      const tags = Object.fromEntries(Tags.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue]));
      const isEnabled = KeyMetadata?.KeyState === 'Enabled';
      return { arn, accountId, policy: Policy, tags, isEnabled, isAwsManaged };
    } catch (error) {
      if (error instanceof KMSServiceException && error.name === 'NotFoundException') return undefined;
      throw error;
    }
  }
}
