import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  ListBucketsCommand,
  PutBucketEncryptionCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { partitionOf } from '../backup-api/arns';
import type { AccountClients } from './account-clients';
import { tagList, tagsOf, type WorkloadType } from './workload-type';

/** Where a bucket is that says nothing of its location. */
const UNSAID = 'us-east-1';

/** S3 buckets, with the versioning that AWS Backup asks for. */
export const buckets: WorkloadType = {
  make: async ({ s3, region }, { name: Bucket, tags, keyArn }) => {
    const there = { LocationConstraint: region as BucketLocationConstraint };
    await s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: region === UNSAID ? undefined : there }),
    );
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    const TagSet = tagList(tags);
    if (TagSet.length > 0) await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    if (keyArn !== undefined) {
      const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn } as const;
      const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault }] };
      await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
    }
    return arnOf(region, Bucket);
  },

  list: async (clients) => {
    const { Buckets = [] } = await clients.s3.send(new ListBucketsCommand({}));
    const all = await Promise.all(Buckets.map(({ Name = '' }) => read(clients, Name)));
    return all.flat();
  },
};

/** Nothing of a bucket in another Region. */
async function read({ s3, region }: AccountClients, Bucket: string) {
  const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket }));
  if ((LocationConstraint || UNSAID) !== region) return [];
  const tagging = await unless('NoSuchTagSet', s3.send(new GetBucketTaggingCommand({ Bucket })));
  const encryption = await unless(
    'ServerSideEncryptionConfigurationNotFoundError',
    s3.send(new GetBucketEncryptionCommand({ Bucket })),
  );
  const [rule] = encryption?.ServerSideEncryptionConfiguration?.Rules ?? [];
  return [
    {
      arn: arnOf(region, Bucket),
      type: 'S3',
      tags: tagsOf(tagging?.TagSet),
      sizeInBytes: 0,
      keyArn: rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
    },
  ];
}

async function unless<Answer>(code: string, asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && error.name === code) return undefined;
    throw error;
  }
}

const arnOf = (region: string, name: string) => `arn:${partitionOf(region)}:s3:::${name}`;
