import { metadataProblems } from '../../lib/jobs/restore-request';

describe('metadataProblems', () => {
  test.each([
    ['EBS', {}, ['availabilityZone lacks: give it with --set availabilityZone=…']],
    ['EBS', { AvailabilityZone: 'us-east-1a' }, []],
    [
      'EBS',
      { availabilityZone: 'us-east-1a', kmsKeyId: 'k' },
      ['kmsKeyId needs encrypted=true: give it with --set encrypted=true'],
    ],
    ['RDS', {}, ['DBInstanceIdentifier or DBClusterIdentifier lacks: give it with --set DBInstanceIdentifier=…']],
    ['Aurora', { DBClusterIdentifier: 'orders' }, ['Engine lacks: give it with --set Engine=…']],
    [
      'DynamoDB',
      { targetTableName: 'orders', encryptionType: 'KMS' },
      ['encryptionType=KMS needs kmsMasterKeyArn: give it with --set kmsMasterKeyArn=…'],
    ],
    ['EFS', { 'file-system-id': 'fs-1', newFileSystem: 'false' }, []],
    [
      'EFS',
      { 'file-system-id': 'fs-1', newFileSystem: 'true', Encrypted: 'true', CreationToken: 'one' },
      ['newFileSystem=true needs PerformanceMode: give it with --set PerformanceMode=…'],
    ],
    ['S3', { DestinationBucketName: '' }, ['DestinationBucketName lacks: give it with --set DestinationBucketName=…']],
    ['FSx', { SubnetIds: '["subnet-1"]' }, []],
    ['VirtualMachine', {}, []],
  ])('of %s with %j', (type, metadata, problems) => {
    expect(metadataProblems(type, metadata)).toEqual(problems);
  });
});
