import type { Exemptions } from '../topology/topology';
import type { Statement } from './policy-document';
import { KEY_TAMPER_ACTIONS } from './tamper-actions';

/**
 * Denies in a key's own policy: nobody but those named deletes, disables or reopens it, and only AWS services make or
 * revoke grants, on behalf of whoever uses them. Without its key a recovery point is lost, however well it is locked.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
 */
export const keyProtection = ({ deployers, breakGlass }: Exemptions): Statement[] => [
  {
    Sid: 'DenyTampering',
    Effect: 'Deny',
    Principal: '*',
    Action: KEY_TAMPER_ACTIONS,
    Resource: '*',
    Condition: { ArnNotLike: { 'aws:PrincipalArn': [...deployers, ...breakGlass] } },
  },
  {
    Sid: 'DenyGrantsByUsers',
    Effect: 'Deny',
    Principal: '*',
    Action: ['kms:CreateGrant', 'kms:RevokeGrant'],
    Resource: '*',
    Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } },
  },
];
