import type { Resource } from '../backup-api/seams';
import { type AccountPlace, openClients } from './account-clients';
import { instances, volumes } from './block-storage';
import { buckets } from './buckets';
import { databaseClusters, databaseInstances } from './databases';
import { fileSystems } from './file-systems';
import { tables } from './tables';
import type { WorkloadType } from './workload-type';

/** What moto has of AWS Backup's types, by opt-in key. */
export const WORKLOAD_TYPES: Readonly<Record<string, WorkloadType>> = {
  Aurora: databaseClusters('Aurora', 'aurora-postgresql', /^aurora/),
  DynamoDB: tables,
  EBS: volumes,
  EC2: instances,
  EFS: fileSystems,
  Neptune: databaseClusters('Neptune', 'neptune', /^neptune$/),
  RDS: databaseInstances,
  S3: buckets,
};

/** What to make in an account. */
export interface WorkloadOrder {
  /** What plans select by. */
  readonly tags: Readonly<Record<string, string>>;
  /** Opt-in keys, such as `EBS`. */
  readonly types: readonly string[];
  /**
   * A key whose policy lets copies be made.
   * @default - nothing is made under one
   */
  readonly sharedKeyArn?: string | undefined;
  /**
   * A key whose policy lets in its own account alone.
   * @default - nothing is made under one
   */
  readonly unsharedKeyArn?: string | undefined;
  /**
   * What names end in.
   * @default - what two orders make of one type in one place would have the same names
   */
  readonly label?: string;
}

/** Whether something was made with the tags, and under which key. */
export type Variant = 'shared-key' | 'unshared-key' | 'no-key' | 'untagged';

/** Something that was made. */
export interface MadeResource {
  readonly type: string;
  readonly variant: Variant;
  readonly arn: string;
}

/** All that was made, and of which types nothing could be. */
export interface Workload {
  readonly made: readonly MadeResource[];
  readonly lacking: readonly string[];
}

/** Makes one resource of each type and variant; twice in one place with the same label, names would be taken. */
export async function makeWorkload(moto: string, place: AccountPlace, order: WorkloadOrder): Promise<Workload> {
  const { tags, types, sharedKeyArn, unsharedKeyArn, label } = order;
  const variants: readonly (readonly [Variant, Readonly<Record<string, string>>, string | undefined])[] = [
    ...(sharedKeyArn === undefined ? [] : [['shared-key', tags, sharedKeyArn] as const]),
    ...(unsharedKeyArn === undefined ? [] : [['unshared-key', tags, unsharedKeyArn] as const]),
    ['no-key', tags, undefined],
    ['untagged', {}, undefined],
  ];
  const clients = openClients(moto, place);
  const made: MadeResource[] = [];
  try {
    for (const type of types) {
      const workload = WORKLOAD_TYPES[type];
      for (const [variant, given, keyArn] of workload ? variants : []) {
        const own = [type.toLowerCase(), variant, place.accountId, place.region];
        const name = [...own, ...(label === undefined ? [] : [label])].join('-');
        const arn = await workload?.make(clients, { name, tags: given, keyArn });
        if (arn !== undefined) made.push({ type, variant, arn });
      }
    }
  } finally {
    clients.close();
  }
  return { made, lacking: types.filter((type) => !WORKLOAD_TYPES[type]) };
}

/** The `resources` seam of AWS Backup: what moto has in an account and Region at the moment it is asked. */
export function readWorkload(moto: string): (accountId: string, region: string) => Promise<readonly Resource[]> {
  return async (accountId, region) => {
    const clients = openClients(moto, { accountId, region });
    try {
      const lists = await Promise.all(Object.values(WORKLOAD_TYPES).map(({ list }) => list(clients)));
      return lists.flat();
    } finally {
      clients.close();
    }
  };
}
