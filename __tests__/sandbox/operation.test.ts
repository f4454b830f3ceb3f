import { operationOf } from '../../sandbox/policy/operation';
import { otherTargets } from '../../sandbox/policy/other-targets';
import { requestTagContext } from '../../sandbox/policy/tag-context';
import type { ApiRequest } from '../../sandbox/wire/exchange';

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const aRequest = (service: string, url: string, more: Partial<ApiRequest> = {}): ApiRequest => {
  const [method = 'GET', path = '/', query = ''] = url.split(/[ ?]/);
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers: {},
    body: '',
    service,
    region: 'eu-west-1',
    caller: { accountId: '111111111111', arn: 'arn:aws:iam::111111111111:user/a' },
    ...more,
  };
};
const actionOf = (request: ApiRequest) => {
  const { service, name } = operationOf(request);
  return `${service}:${name}`;
};
const targetsOf = (request: ApiRequest) =>
  otherTargets(operationOf(request), { request, partition: 'aws', tagsOf: () => undefined } as never);

describe('operationOf', () => {
  test.each([
    ['GET /', 'ListAllMyBuckets'],
    ['GET /b', 'ListBucket'],
    ['HEAD /b/', 'ListBucket'],
    ['PUT /b', 'CreateBucket'],
    ['DELETE /b', 'DeleteBucket'],
    ['POST /b?delete', 'DeleteObject'],
    ['GET /b?versions', 'ListBucketVersions'],
    ['PUT /b?policy', 'PutBucketPolicy'],
    ['DELETE /b?policy', 'DeleteBucketPolicy'],
    ['DELETE /b?publicAccessBlock', 'PutBucketPublicAccessBlock'],
    ['GET /b?encryption', 'GetEncryptionConfiguration'],
    ['DELETE /b?lifecycle', 'PutLifecycleConfiguration'],
    ['HEAD /b/k/l', 'GetObject'],
    ['PUT /b/k', 'PutObject'],
    ['POST /b/k?uploads', 'PutObject'],
    ['DELETE /b/k', 'DeleteObject'],
    ['DELETE /b/k?versionId=1', 'DeleteObjectVersion'],
    ['DELETE /b/k?uploadId=1', 'AbortMultipartUpload'],
    ['GET /b/k?uploadId=1', 'ListMultipartUploadParts'],
    ['PUT /b/k?legal-hold', 'PutObjectLegalHold'],
  ])('takes %s of S3 for %s', (url, action) => {
    expect(actionOf(aRequest('s3', url))).toBe(`s3:${action}`);
  });

  test.each([
    [aRequest('iam', 'POST /', { headers: FORM, body: 'Action=CreateRole&RoleName=a' }), 'iam:CreateRole'],
    [aRequest('monitoring', 'POST /', { headers: FORM, body: 'Action=PutMetricAlarm' }), 'cloudwatch:PutMetricAlarm'],
    [aRequest('sts', 'GET /?Action=GetCallerIdentity'), 'sts:GetCallerIdentity'],
    [aRequest('kms', 'POST /', { headers: { 'x-amz-target': 'TrentService.CreateKey' } }), 'kms:CreateKey'],
    [aRequest('sqs', 'POST /', { headers: { 'x-amz-target': 'AmazonSQS.SendMessageBatch' } }), 'sqs:SendMessage'],
    [aRequest('ram', 'POST /createresourceshare', { body: '{}' }), 'ram:createresourceshare'],
    [
      aRequest('monitoring', 'POST /service/GraniteServiceVersion20100801/operation/ListMetrics'),
      'cloudwatch:ListMetrics',
    ],
    [aRequest('elasticfilesystem', 'GET /2015-02-01/file-systems'), 'elasticfilesystem:UnknownOperation'],
  ])('tells the operation of %#', (request, action) => {
    expect(actionOf(request)).toBe(action);
  });
});

describe('requestTagContext', () => {
  test.each([
    ['Tags.member.1.Key=a&Tags.member.1.Value=1', { 'aws:RequestTag/a': '1', 'aws:TagKeys': ['a'] }],
    [
      'TagSpecification.1.Tag.1.Key=a&TagSpecification.1.Tag.1.Value=1',
      { 'aws:RequestTag/a': '1', 'aws:TagKeys': ['a'] },
    ],
    ['Tag.1.Key=a', { 'aws:RequestTag/a': '', 'aws:TagKeys': ['a'] }],
    ['TagKeys.member.1=a&TagKeys.member.2=b', { 'aws:TagKeys': ['a', 'b'] }],
    ['RoleName=a', {}],
  ])('reads %s', (body, context) => {
    const operation = operationOf(aRequest('iam', 'POST /', { headers: FORM, body: `Action=Any&${body}` }));
    expect(requestTagContext(operation)).toEqual(context);
  });

  test.each([
    [{ Tags: [{ TagKey: 'a', TagValue: '1' }] }, { 'aws:RequestTag/a': '1', 'aws:TagKeys': ['a'] }],
    [{ tags: [{ key: 'a', value: '1' }] }, { 'aws:RequestTag/a': '1', 'aws:TagKeys': ['a'] }],
    [{ tags: { a: '1' } }, { 'aws:RequestTag/a': '1', 'aws:TagKeys': ['a'] }],
    [{ TagKeys: ['a'] }, { 'aws:TagKeys': ['a'] }],
  ])('reads %j', (body, context) => {
    const headers = { 'x-amz-target': 'Any.Any' };
    expect(requestTagContext(operationOf(aRequest('any', 'POST /', { headers, body: JSON.stringify(body) })))).toEqual(
      context,
    );
  });
});

describe('otherTargets', () => {
  const form = (service: string, body: string) =>
    aRequest(service, 'POST /', { headers: FORM, body: `Action=Any&${body}` });
  const json = (service: string, target: string, body: object) =>
    aRequest(service, 'POST /', { headers: { 'x-amz-target': target }, body: JSON.stringify(body) });
  const own = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111111111111:${resource}`;

  test.each([
    [aRequest('s3', 'PUT /b/a%20k'), ['arn:aws:s3:::b/a k']],
    [
      form('ec2', 'ResourceId.1=snap-1&ResourceId.2=i-1&ResourceId.3=vol-1'),
      ['arn:aws:ec2:eu-west-1::snapshot/snap-1', own('ec2', 'instance/i-1'), own('ec2', 'volume/vol-1')],
    ],
    [form('ec2', 'ImageId=ami-1'), ['arn:aws:ec2:eu-west-1::image/ami-1']],
    [form('rds', 'DBClusterSnapshotIdentifier=awsbackup:job-1'), [own('rds', 'cluster-snapshot:awsbackup:job-1')]],
    [form('sns', 'Name=topic'), [own('sns', 'topic')]],
    [form('sns', 'TopicArn=arn:aws:sns:eu-west-1:222222222222:topic'), ['*']],
    [form('cloudformation', 'StackName=a'), [own('cloudformation', 'stack/a/*')]],
    [json('sqs', 'AmazonSQS.SendMessage', { QueueUrl: 'http://127.0.0.1/111111111111/q' }), [own('sqs', 'q')]],
    [json('dynamodb', 'DynamoDB.GetItem', { TableName: 't' }), [own('dynamodb', 'table/t')]],
    [json('events', 'AWSEvents.CreateEventBus', { Name: 'bus' }), [own('events', 'event-bus/bus')]],
    [
      json('logs', 'Logs.ListTagsForResource', { resourceArn: own('logs', 'log-group:a') }),
      [own('logs', 'log-group:a')],
    ],
    [json('logs', 'Logs.DescribeLogGroups', {}), ['*']],
  ])('names the resources of %#', (request, arns) => {
    expect(targetsOf(request).map(({ arn }) => arn)).toEqual(arns);
  });

  test('asks for the roles that are passed, and for the types that are shared', () => {
    const role = 'arn:aws:iam::111111111111:role/a';
    const put = json('events', 'AWSEvents.PutTargets', { Rule: 'r', Targets: [{ RoleArn: role }, {}] });
    expect(targetsOf(put)).toMatchObject([
      { arn: own('events', 'rule/r') },
      { action: 'iam:PassRole', arn: role, context: { 'iam:PassedToService': 'events.amazonaws.com' } },
    ]);
    const body = JSON.stringify({ resourceArns: [own('backup', 'backup-vault:v')] });
    expect(targetsOf(aRequest('ram', 'POST /createresourceshare', { body }))).toMatchObject([
      { arn: '*', context: { 'ram:RequestedResourceType': 'backup:backup-vault' } },
    ]);
    const share = own('ram', 'resource-share/s');
    const deletion = aRequest('ram', `DELETE /deleteresourceshare?resourceShareArn=${encodeURIComponent(share)}`);
    expect(targetsOf(deletion)).toMatchObject([{ arn: share }]);
  });
});
