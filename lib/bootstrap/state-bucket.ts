import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  type CreateBucketCommandInput,
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  type ServerSideEncryptionByDefault,
} from '@aws-sdk/client-s3';
import type { Partition } from '../aws/arn';
import type { StateConfig } from '../config/state-config';
import { ask } from '../live/ask';
import { LiveError } from '../live/live-error';
import type { Session, Sessions } from '../live/sessions';
import { withTlsOnly } from './bucket-policy';
import type { Call, Sight, Step, Where } from './step';

type S3State = Extract<StateConfig, { backend: 's3' }>;

export interface StateBucketProps {
  readonly state: S3State;
  /** The account that owns the bucket, or shall own it. */
  readonly accountId: string;
  readonly partition: Partition;
  readonly where: Where;
}

/** The bucket of the states: made where there is none, and made safer where it is not versioned, encrypted and closed. */
export async function stateBucket(sessions: Sessions, session: Session, props: StateBucketProps): Promise<Step[]> {
  const { state, where } = props;
  const s3 = sessions.client((config) => new S3Client(config), session, state.region);
  const isThere = await existing(s3, props);
  const step = (what: string, look: () => Promise<Sight>): Step => ({ what: `state bucket: ${what}`, where, look });
  const create: Call = {
    ...call('CreateBucket', { Bucket: state.bucket, Region: state.region }),
    send: () => s3.send(new CreateBucketCommand(creation(state))),
  };
  const bucket = step('bucket', async () => ({
    was: isThere ? state.bucket : 'none',
    is: state.bucket,
    calls: isThere ? [] : [create],
  }));
  return [
    { ...bucket, isNeededByNext: true },
    step('versioning', () => versioning(s3, props, isThere)),
    step('encryption', () => encryption(s3, props, isThere)),
    step('public access', () => publicAccess(s3, props, isThere)),
    step('TLS only', () => tlsOnly(s3, props, isThere)),
  ];
}

const call = (operation: string, parameters: Call['parameters'], action?: string): Omit<Call, 'send'> => ({
  service: 's3',
  operation,
  parameters,
  ...(action === undefined ? {} : { action }),
});

/** Whether the bucket is there. @throws LiveError where it is somebody else's, or in another Region */
async function existing(s3: S3Client, { state, accountId }: StateBucketProps): Promise<boolean> {
  const { bucket, region } = state;
  const which = { Bucket: bucket, ExpectedBucketOwner: accountId };
  const head = await ask('s3:ListBucket', () => s3.send(new HeadBucketCommand(which)), {
    NotFound: undefined,
    NoSuchBucket: undefined,
    PermanentRedirect: { BucketRegion: 'another Region', $metadata: {} },
    '301': { BucketRegion: 'another Region', $metadata: {} },
  }).catch((error: unknown) => {
    if (!(error instanceof LiveError)) throw error;
    throw new LiveError(
      `bucket ${bucket} is of another account than ${accountId}, or not to be seen: ${error.message}`,
    );
  });
  if (head?.BucketRegion !== undefined && head.BucketRegion !== region)
    throw new LiveError(
      `bucket ${bucket} must be in ${region}, as state.region has it, and is in ${head.BucketRegion}`,
    );
  return head !== undefined;
}

/** us-east-1 is the one Region that must not be named. */
function creation({ bucket, region }: S3State): CreateBucketCommandInput {
  const LocationConstraint = region as BucketLocationConstraint;
  return { Bucket: bucket, ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint } }) };
}

async function versioning(s3: S3Client, { state }: StateBucketProps, isThere: boolean): Promise<Sight> {
  const which = { Bucket: state.bucket };
  const found = isThere
    ? await ask('s3:GetBucketVersioning', () => s3.send(new GetBucketVersioningCommand(which)))
    : undefined;
  const was = found?.Status ?? 'none';
  const parameters = { ...which, VersioningConfiguration: { Status: 'Enabled' as const } };
  const put = {
    ...call('PutBucketVersioning', { ...which, Status: 'Enabled' }),
    send: () => s3.send(new PutBucketVersioningCommand(parameters)),
  };
  return { was, is: 'Enabled', calls: was === 'Enabled' ? [] : [put] };
}

/** Encryption of its own stays, unless the config names a key and the bucket has S3's. */
async function encryption(s3: S3Client, { state }: StateBucketProps, isThere: boolean): Promise<Sight> {
  const which = { Bucket: state.bucket };
  const found = isThere
    ? await ask('s3:GetEncryptionConfiguration', () => s3.send(new GetBucketEncryptionCommand(which)), {
        ServerSideEncryptionConfigurationNotFoundError: undefined,
      })
    : undefined;
  const now = found?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  const { kmsKeyId } = state;
  const wanted: ServerSideEncryptionByDefault =
    kmsKeyId === undefined ? { SSEAlgorithm: 'AES256' } : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKeyId };
  const was = described(now);
  if (isSame(now, kmsKeyId)) return { was, is: was, calls: [] };
  if (now?.KMSMasterKeyID !== undefined || now?.SSEAlgorithm === 'aws:kms:dsse')
    return { was, is: was, calls: [], differs: `it is encrypted with ${was}, and state.kmsKeyId is ${kmsKeyId}` };
  const rule = { ApplyServerSideEncryptionByDefault: wanted, ...(kmsKeyId ? { BucketKeyEnabled: true } : {}) };
  const ServerSideEncryptionConfiguration = { Rules: [rule] };
  const put: Call = {
    ...call('PutBucketEncryption', { ...which, ...wanted }, 's3:PutEncryptionConfiguration'),
    send: () => s3.send(new PutBucketEncryptionCommand({ ...which, ServerSideEncryptionConfiguration })),
  };
  return { was, is: described(wanted), calls: [put] };
}

const described = (given: ServerSideEncryptionByDefault | undefined): string =>
  given === undefined ? 'none' : [given.SSEAlgorithm, keyIn(given.KMSMasterKeyID)].filter(Boolean).join(' ');

/** The id or the alias of a key, which is named by that or by an ARN that ends in it. */
const keyIn = (name = ''): string => name.replace(/^arn:[^:]*:kms:[^:]*:[^:]*:(?:key\/)?/, '');

const isSame = (now: ServerSideEncryptionByDefault | undefined, kmsKeyId: string | undefined): boolean =>
  now !== undefined && (kmsKeyId === undefined || keyIn(now.KMSMasterKeyID) === keyIn(kmsKeyId));

const CLOSED = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

async function publicAccess(s3: S3Client, { state }: StateBucketProps, isThere: boolean): Promise<Sight> {
  const which = { Bucket: state.bucket };
  const found = isThere
    ? await ask('s3:GetBucketPublicAccessBlock', () => s3.send(new GetPublicAccessBlockCommand(which)), {
        NoSuchPublicAccessBlockConfiguration: undefined,
      })
    : undefined;
  const now = found?.PublicAccessBlockConfiguration ?? {};
  const open = Object.keys(CLOSED).filter((name) => now[name as keyof typeof CLOSED] !== true);
  const put: Call = {
    ...call('PutPublicAccessBlock', { ...which, ...CLOSED }, 's3:PutBucketPublicAccessBlock'),
    send: () => s3.send(new PutPublicAccessBlockCommand({ ...which, PublicAccessBlockConfiguration: CLOSED })),
  };
  return { was: open.length === 0 ? 'blocked' : 'not blocked', is: 'blocked', calls: open.length === 0 ? [] : [put] };
}

async function tlsOnly(s3: S3Client, { state, partition }: StateBucketProps, isThere: boolean): Promise<Sight> {
  const which = { Bucket: state.bucket };
  const found = isThere
    ? await ask('s3:GetBucketPolicy', () => s3.send(new GetBucketPolicyCommand(which)), {
        NoSuchBucketPolicy: undefined,
      })
    : undefined;
  const Policy = withTlsOnly(found?.Policy, state.bucket, partition);
  const put: Call = {
    ...call('PutBucketPolicy', { ...which, Added: 'DenyRequestsWithoutTls' }),
    send: () => s3.send(new PutBucketPolicyCommand({ ...which, Policy })),
  };
  return { was: Policy === undefined ? 'yes' : 'no', is: 'yes', calls: Policy === undefined ? [] : [put] };
}
