import { CreateServiceLinkedRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { BACKUP_PRINCIPAL } from '../aws/backup';
import { hasServiceLinkedRole } from '../live/service-linked-role';
import type { Session, Sessions } from '../live/sessions';
import type { Step, Where } from './step';

/**
 * AWS Backup's own role in an account, which makes the copies that arrive there.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles-AWSServiceRoleForBackup.html
 */
export function serviceLinkedRole(sessions: Sessions, session: Session, where: Where): Step {
  const iam = sessions.client((config) => new IAMClient(config), session);
  const parameters = { AWSServiceName: BACKUP_PRINCIPAL };
  const look = async () => {
    const isThere = await hasServiceLinkedRole(iam, BACKUP_PRINCIPAL);
    const create = {
      service: 'iam',
      operation: 'CreateServiceLinkedRole',
      parameters,
      send: () => iam.send(new CreateServiceLinkedRoleCommand(parameters)),
    };
    return { was: isThere ? 'there' : 'none', is: 'there', calls: isThere ? [] : [create] };
  };
  return { what: 'service-linked role of AWS Backup', where, look };
}
