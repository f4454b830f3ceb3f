/** What a restore of one type of resource has to be told. */
export interface RestoreMetadata {
  /** Of each group one key at least. */
  readonly required: readonly (readonly string[])[];
  /** Keys that only make sense with others: the key, its value where that matters, and what else is needed then. */
  readonly together: readonly Together[];
  /** The name of what is made: to be another one than that of what was backed up, while that is there. */
  readonly newName: string | undefined;
  /** The page below docs.aws.amazon.com/aws-backup/latest/devguide that tells all keys. */
  readonly page: string;
}

interface Together {
  readonly key: string;
  /** @default - any */
  readonly value?: string;
  readonly needs: string;
  /** @default - any */
  readonly needsValue?: string;
}

const of = (
  page: string,
  required: RestoreMetadata['required'],
  { together = [], newName }: { together?: readonly Together[]; newName?: string } = {},
): RestoreMetadata => ({ required, together, newName, page });

const CLUSTER = [['DBClusterIdentifier'], ['Engine']] as const;
const OWN_KEY: readonly Together[] = [{ key: 'kmsKeyId', needs: 'encrypted', needsValue: 'true' }];

/**
 * What each type needs besides what GetRecoveryPointRestoreMetadata gives, by what AWS Backup calls it. AWS takes keys in any
 * case. Types that are not here are restored with what they are given.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartRestoreJob.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
 */
export const RESTORE_METADATA: Readonly<Record<string, RestoreMetadata>> = {
  EBS: of('restoring-ebs.html#ebs-restore-cli', [['availabilityZone']], { together: OWN_KEY }),
  EC2: of('restoring-ec2.html#restoring-ec2-cli', [['InstanceType']]),
  RDS: of('restoring-rds.html#rds-restore-cli', [['DBInstanceIdentifier', 'DBClusterIdentifier']], {
    newName: 'DBInstanceIdentifier',
  }),
  Aurora: of('restoring-aur.html#aur-restore-cli', CLUSTER, { newName: 'DBClusterIdentifier' }),
  DocumentDB: of('restoring-docdb.html#docdb-restore-cli', CLUSTER, { newName: 'DBClusterIdentifier' }),
  Neptune: of('restoring-nep.html#nep-restore-cli', CLUSTER, { newName: 'DBClusterIdentifier' }),
  DynamoDB: of('restoring-dynamodb.html#ddb-restore-cli', [['targetTableName']], {
    together: [{ key: 'encryptionType', value: 'KMS', needs: 'kmsMasterKeyArn' }],
    newName: 'targetTableName',
  }),
  EFS: of('restoring-efs.html#efs-restore-cli', [['file-system-id'], ['newFileSystem']], {
    together: [
      { key: 'newFileSystem', value: 'true', needs: 'CreationToken' },
      { key: 'newFileSystem', value: 'true', needs: 'PerformanceMode' },
      { key: 'newFileSystem', value: 'true', needs: 'Encrypted' },
      { key: 'KmsKeyId', needs: 'Encrypted', needsValue: 'true' },
    ],
  }),
  S3: of('restoring-s3.html#s3-restore-cli', [['DestinationBucketName']], {
    together: [{ key: 'EncryptionType', value: 'SSE-KMS', needs: 'KMSKey' }],
  }),
  FSx: of('restoring-fsx.html#fsx-restore-cli', [['SubnetIds', 'StorageVirtualMachineId', 'ParentVolumeId']]),
  Redshift: of('redshift-restores.html#redshift-restore-api', [['ClusterIdentifier']], {
    newName: 'ClusterIdentifier',
  }),
  Timestream: of('timestream-restore.html#timestream-restore-api', [['DatabaseName'], ['TableName']], {
    newName: 'TableName',
  }),
  CloudFormation: of('restore-application-stacks.html#restoring-cfn-cli', [['StackName']]),
};
