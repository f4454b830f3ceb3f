import { CreateFileSystemCommand, paginateDescribeFileSystems } from '@aws-sdk/client-efs';
import { allOf } from './account-clients';
import { tagList, tagsOf, type WorkloadType } from './workload-type';

/** EFS file systems. */
export const fileSystems: WorkloadType = {
  make: async ({ efs }, { name, tags, keyArn }) => {
    const { FileSystemArn } = await efs.send(
      new CreateFileSystemCommand({
        CreationToken: name,
        Encrypted: keyArn !== undefined,
        KmsKeyId: keyArn,
        Tags: tagList({ Name: name, ...tags }),
      }),
    );
    return FileSystemArn ?? '';
  },

  list: async ({ efs }) => {
    const all = await allOf(paginateDescribeFileSystems({ client: efs }, {}), ({ FileSystems }) => FileSystems);
    return all.map((system) => ({
      arn: system.FileSystemArn ?? '',
      type: 'EFS',
      tags: tagsOf(system.Tags),
      sizeInBytes: system.SizeInBytes?.Value ?? 0,
      keyArn: system.Encrypted ? system.KmsKeyId : undefined,
    }));
  },
};
