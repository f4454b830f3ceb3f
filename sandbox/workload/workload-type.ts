import type { Resource } from '../backup-api/seams';
import type { AccountClients } from './account-clients';

/** Something to make. */
export interface ResourceOrder {
  /** Unique in the account; for a bucket, everywhere. */
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Undefined of what is to stay unencrypted, as far as its service allows that. */
  readonly keyArn: string | undefined;
}

/** One of AWS Backup's types, as moto has it. */
export interface WorkloadType {
  /** Makes one, and tells its ARN. */
  make(clients: AccountClients, order: ResourceOrder): Promise<string>;
  /** Reads all there are, whoever has made them. */
  list(clients: AccountClients): Promise<readonly Resource[]>;
}

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const GIBIBYTE = 1024 ** 3;

/** Tags as services list them. */
export const tagList = (tags: ResourceOrder['tags']) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** {@link tagList} the other way round. */
export const tagsOf = (list: readonly Tag[] | undefined): Record<string, string> =>
  Object.fromEntries((list ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
