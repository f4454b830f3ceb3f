import type { ApiRequest } from '../wire/exchange';

const VERBS: Readonly<Record<string, string>> = { GET: 'Get', HEAD: 'Get', PUT: 'Put', DELETE: 'Delete', POST: 'Put' };

/** Subresources of buckets whose actions are not called after them. */
const OF_BUCKETS: Readonly<Record<string, string>> = {
  acl: 'BucketAcl',
  analytics: 'AnalyticsConfiguration',
  cors: 'BucketCORS',
  encryption: 'EncryptionConfiguration',
  inventory: 'InventoryConfiguration',
  lifecycle: 'LifecycleConfiguration',
  location: 'BucketLocation',
  logging: 'BucketLogging',
  metrics: 'MetricsConfiguration',
  notification: 'BucketNotification',
  'object-lock': 'BucketObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  policyStatus: 'BucketPolicyStatus',
  publicAccessBlock: 'BucketPublicAccessBlock',
  replication: 'ReplicationConfiguration',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
};

const OF_OBJECTS: Readonly<Record<string, string>> = {
  acl: 'ObjectAcl',
  'legal-hold': 'ObjectLegalHold',
  retention: 'ObjectRetention',
  tagging: 'ObjectTagging',
};

/** Those that only their owner's Put changes: S3 has no Delete action for them. */
const DELETED_BY_PUT = /^(?:Bucket(?:CORS|OwnershipControls|PublicAccessBlock|Tagging)|.*Configuration)$/;

/**
 * The action of IAM that S3 asks for, by method and path with the bucket in it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function s3Operation({ method, path, query }: ApiRequest): string {
  const [, bucket = '', ...key] = path.split('/');
  const verb = VERBS[method] ?? 'Get';
  if (bucket === '') return 'ListAllMyBuckets';
  if (key.join('/') === '') {
    const part = named(query, OF_BUCKETS);
    if (part) return `${verb === 'Delete' && DELETED_BY_PUT.test(part) ? 'Put' : verb}${part}`;
    if (query.has('delete')) return 'DeleteObject';
    if (query.has('versions')) return 'ListBucketVersions';
    if (query.has('uploads')) return 'ListBucketMultipartUploads';
    return { Get: 'ListBucket', Put: 'CreateBucket', Delete: 'DeleteBucket' }[verb] ?? 'ListBucket';
  }
  const part = named(query, OF_OBJECTS);
  if (part) return `${verb}${part}`;
  if (query.has('uploadId') && verb !== 'Put')
    return verb === 'Get' ? 'ListMultipartUploadParts' : 'AbortMultipartUpload';
  return `${verb}Object${query.has('versionId') && verb !== 'Put' ? 'Version' : ''}`;
}

function named(query: URLSearchParams, names: Readonly<Record<string, string>>): string | undefined {
  const key = Object.keys(names).find((name) => query.has(name));
  return key === undefined ? undefined : names[key];
}
