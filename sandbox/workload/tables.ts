import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ListTagsOfResourceCommand,
  paginateListTables,
  type Tag,
} from '@aws-sdk/client-dynamodb';
import { allOf } from './account-clients';
import { tagList, tagsOf, type WorkloadType } from './workload-type';

/** DynamoDB tables. Without a key of the account one is under AWS's own, which is nobody's to share. */
export const tables: WorkloadType = {
  make: async ({ dynamodb }, { name, tags, keyArn }) => {
    const { TableDescription } = await dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        SSESpecification: keyArn === undefined ? undefined : { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
        Tags: tagList(tags),
      }),
    );
    return TableDescription?.TableArn ?? '';
  },

  list: async ({ dynamodb: client }) => {
    const names = await allOf(paginateListTables({ client }, {}), ({ TableNames }) => TableNames);
    return Promise.all(
      names.map(async (TableName) => {
        const { Table } = await client.send(new DescribeTableCommand({ TableName }));
        const arn = Table?.TableArn ?? '';
        return {
          arn,
          type: 'DynamoDB',
          tags: tagsOf(await allTags(client, arn)),
          sizeInBytes: Table?.TableSizeBytes ?? 0,
          keyArn: Table?.SSEDescription?.KMSMasterKeyArn,
        };
      }),
    );
  },
};

async function allTags(client: DynamoDBClient, ResourceArn: string, NextToken?: string): Promise<readonly Tag[]> {
  const page = await client.send(new ListTagsOfResourceCommand({ ResourceArn, NextToken }));
  const rest = page.NextToken === undefined ? [] : await allTags(client, ResourceArn, page.NextToken);
  return [...(page.Tags ?? []), ...rest];
}
