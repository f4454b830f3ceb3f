import { GetRoleCommand, type Role } from '@aws-sdk/client-iam';
import { backupServiceLinkedRoleArn, parseArn } from '../../aws/arn';
import { ask } from '../../live/ask';
import type { CheckOf } from '../check';
import { error } from '../finding';

/** AWS Backup's own role, which makes the copies that arrive in an account. */
export const serviceLinkedRole: CheckOf<'account'> = {
  name: 'service-linked role',
  of: 'account',
  problems: async ({ auditee: { partition, accountId }, iam }) => {
    const arn = backupServiceLinkedRoleArn(partition, accountId);
    const RoleName = parseArn(arn)?.resource.split('/').at(-1);
    const { Role } = await ask<{ Role?: Role | undefined }>(
      'iam:GetRole',
      () => iam.send(new GetRoleCommand({ RoleName })),
      { NoSuchEntityException: {} },
    );
    if (Role?.Arn === arn) return [];
    const remedy = 'npm run bootstrap, or aws iam create-service-linked-role --aws-service-name backup.amazonaws.com';
    return [error('service-linked role of AWS Backup', 'not there', arn, remedy)];
  },
};
