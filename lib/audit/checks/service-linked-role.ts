import { backupServiceLinkedRoleArn } from '../../aws/arn';
import { BACKUP_PRINCIPAL } from '../../aws/backup';
import { hasServiceLinkedRole } from '../../live/service-linked-role';
import type { CheckOf } from '../check';
import { error } from '../finding';
import { isOfRollout } from '../member-site';

/**
 * AWS Backup's own role, which makes the copies that arrive in an account. Where none arrive, as in an account that a rollout
 * alone reaches, AWS Backup makes it at its first backup.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles-AWSServiceRoleForBackup.html
 */
export const serviceLinkedRole: CheckOf<'account'> = {
  name: 'service-linked role',
  of: 'account',
  problems: async ({ auditee: { partition, accountId, management, sites }, iam }) => {
    if (!management && sites.every(isOfRollout)) return [];
    if (await hasServiceLinkedRole(iam, BACKUP_PRINCIPAL)) return [];
    const remedy = `npm run bootstrap, or aws iam create-service-linked-role --aws-service-name ${BACKUP_PRINCIPAL}`;
    const expected = backupServiceLinkedRoleArn(partition, accountId);
    return [error('service-linked role of AWS Backup', 'not there', expected, remedy)];
  },
};
