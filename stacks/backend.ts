import { posix } from 'node:path';
import {
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  type TerraformBackend,
  type TerraformStack,
} from 'cdktf';
import { type Partition, roleArn } from '../lib/aws/arn';
import type { StateConfig } from '../lib/config/state-config';

/** Terraform runs a stack in `cdktf.out/stacks/<stack>`; states lie outside, where a synth touches nothing. */
const STACK_FOLDER_TO_PROJECT = '../../..';

/** Puts a stack's state where the config says; the backend also tells other stacks how to read it. */
export function addBackend(
  stack: TerraformStack,
  state: StateConfig,
  stackName: string,
  partition: Partition,
): TerraformBackend {
  switch (state.backend) {
    case 'local':
      return new LocalBackend(stack, {
        path: posix.isAbsolute(state.path)
          ? posix.join(state.path, `${stackName}.tfstate`)
          : posix.join(STACK_FOLDER_TO_PROJECT, state.path, `${stackName}.tfstate`),
      });
    case 's3':
      // The bindings are older than Terraform's own lock, which needs no DynamoDB table.
      stack.addOverride('terraform.backend.s3.use_lockfile', true);
      return new S3Backend(stack, {
        bucket: state.bucket,
        key: `${state.keyPrefix}/${stackName}.tfstate`,
        region: state.region,
        encrypt: true,
        ...(state.kmsKeyId === undefined ? {} : { kmsKeyId: state.kmsKeyId }),
        ...(state.role === undefined || state.accountId === undefined
          ? {}
          : { assumeRole: { roleArn: roleArn(partition, state.accountId, state.role) } }),
      });
    case 'hcp':
      return new CloudBackend(stack, {
        organization: state.organization,
        workspaces: new NamedCloudWorkspace(`${state.workspacePrefix}${stackName}`, state.project),
        ...(state.hostname === undefined ? {} : { hostname: state.hostname }),
      });
  }
}
