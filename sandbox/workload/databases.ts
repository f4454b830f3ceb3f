import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
} from '@aws-sdk/client-rds';
import { allOf } from './account-clients';
import { GIBIBYTE, type ResourceOrder, tagList, tagsOf, type WorkloadType } from './workload-type';

/** RDS instances; those of a cluster are backed up with it. */
export const databaseInstances: WorkloadType = {
  make: async ({ rds }, order) => {
    const { DBInstance } = await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: order.name,
        DBInstanceClass: 'db.t3.micro',
        Engine: 'postgres',
        AllocatedStorage: 20,
        ...common(order),
      }),
    );
    return DBInstance?.DBInstanceArn ?? '';
  },

  list: async ({ rds }) => {
    const all = await allOf(paginateDescribeDBInstances({ client: rds }, {}), ({ DBInstances }) => DBInstances);
    return all
      .filter(({ DBClusterIdentifier }) => !DBClusterIdentifier)
      .map((instance) => ({
        arn: instance.DBInstanceArn ?? '',
        type: 'RDS',
        tags: tagsOf(instance.TagList),
        sizeInBytes: (instance.AllocatedStorage ?? 0) * GIBIBYTE,
        keyArn: instance.StorageEncrypted ? instance.KmsKeyId : undefined,
      }));
  },
};

/** Clusters of one type; all of them have ARNs of RDS, and their engine tells them apart. */
export const databaseClusters = (type: string, engine: string, engines: RegExp): WorkloadType => ({
  make: async ({ rds }, order) => {
    const { DBCluster } = await rds.send(
      new CreateDBClusterCommand({ DBClusterIdentifier: order.name, Engine: engine, ...common(order) }),
    );
    return DBCluster?.DBClusterArn ?? '';
  },

  list: async ({ rds }) => {
    const all = await allOf(paginateDescribeDBClusters({ client: rds }, {}), ({ DBClusters }) => DBClusters);
    return all
      .filter(({ Engine = '' }) => engines.test(Engine))
      .map((cluster) => ({
        arn: cluster.DBClusterArn ?? '',
        type,
        tags: tagsOf(cluster.TagList),
        sizeInBytes: (cluster.AllocatedStorage ?? 0) * GIBIBYTE,
        keyArn: cluster.StorageEncrypted ? cluster.KmsKeyId : undefined,
      }));
  },
});

const common = ({ tags, keyArn }: ResourceOrder) => ({
  MasterUsername: 'sandbox',
  MasterUserPassword: 'not-a-secret',
  StorageEncrypted: keyArn !== undefined,
  KmsKeyId: keyArn,
  Tags: tagList(tags),
});
