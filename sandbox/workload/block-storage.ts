import {
  CreateVolumeCommand,
  type Instance,
  paginateDescribeInstances,
  paginateDescribeVolumes,
  type ResourceType,
  RunInstancesCommand,
  type Volume,
} from '@aws-sdk/client-ec2';
import { partitionOf } from '../backup-api/arns';
import { type AccountClients, type AccountPlace, allOf } from './account-clients';
import { GIBIBYTE, type ResourceOrder, tagList, tagsOf, type WorkloadType } from './workload-type';

/** One of the images that moto has from the start. */
const IMAGE = 'ami-12c6146b';

/** EBS volumes, those of instances too, as AWS Backup sees them. */
export const volumes: WorkloadType = {
  make: async ({ ec2, ...place }, order) => {
    const { VolumeId } = await ec2.send(
      new CreateVolumeCommand({
        AvailabilityZone: `${place.region}a`,
        Size: 1,
        ...encryption(order),
        TagSpecifications: tagged('volume', order),
      }),
    );
    return ec2Arn(place, `volume/${VolumeId}`);
  },

  list: async (clients) =>
    (await volumesOf(clients)).map((volume) => ({
      arn: ec2Arn(clients, `volume/${volume.VolumeId}`),
      type: 'EBS',
      tags: tagsOf(volume.Tags),
      sizeInBytes: bytesOf(volume),
      keyArn: volume.KmsKeyId,
    })),
};

/** EC2 instances; a backup of one is an image, under the key of its volumes. */
export const instances: WorkloadType = {
  make: async ({ ec2, ...place }, order) => {
    const { Instances = [] } = await ec2.send(
      new RunInstancesCommand({
        ImageId: IMAGE,
        InstanceType: 't3.micro',
        MinCount: 1,
        MaxCount: 1,
        BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 1, ...encryption(order) } }],
        TagSpecifications: tagged('instance', order),
      }),
    );
    return ec2Arn(place, `instance/${Instances[0]?.InstanceId}`);
  },

  list: async (clients) => {
    const all = await allOf(paginateDescribeInstances({ client: clients.ec2 }, {}), ({ Reservations = [] }) =>
      Reservations.flatMap(({ Instances = [] }) => Instances),
    );
    const standing = all.filter(({ State }) => State?.Name !== 'terminated' && State?.Name !== 'shutting-down');
    const disks = standing.length === 0 ? [] : await volumesOf(clients);
    return standing.map((instance) => {
      const own = disks.filter((disk) => isOf(instance, disk));
      return {
        arn: ec2Arn(clients, `instance/${instance.InstanceId}`),
        type: 'EC2',
        tags: tagsOf(instance.Tags),
        sizeInBytes: own.reduce((sum, disk) => sum + bytesOf(disk), 0),
        keyArn: own.find(({ KmsKeyId }) => KmsKeyId)?.KmsKeyId,
      };
    });
  },
};

const volumesOf = ({ ec2 }: AccountClients) =>
  allOf(paginateDescribeVolumes({ client: ec2 }, {}), ({ Volumes }) => Volumes);

const isOf = ({ InstanceId }: Instance, { Attachments = [] }: Volume) =>
  Attachments.some((attachment) => attachment.InstanceId === InstanceId);

const bytesOf = ({ Size = 0 }: Volume) => Size * GIBIBYTE;

const encryption = ({ keyArn }: ResourceOrder) => (keyArn === undefined ? {} : { Encrypted: true, KmsKeyId: keyArn });

const tagged = (kind: ResourceType, { name, tags }: ResourceOrder) => [
  { ResourceType: kind, Tags: tagList({ Name: name, ...tags }) },
];

const ec2Arn = ({ accountId, region }: AccountPlace, resource: string) =>
  `arn:${partitionOf(region)}:ec2:${region}:${accountId}:${resource}`;
