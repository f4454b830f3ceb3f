import { accountRootArn } from '../aws/arn';
import type { ProtectedSite } from '../topology/topology';
import { keyProtection } from './key-protection';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document';

/** The account a key belongs to, and who may change it there. */
export type KeyOwner = Pick<ProtectedSite, 'partition' | 'accountId' | 'exemptions'>;

/** Leaves a key to the IAM policies of its own account: KMS's default policy, without which nobody could mend it. */
const ownAccount = ({ partition, accountId }: KeyOwner): Statement => ({
  Sid: 'AllowAccountAdministration',
  Effect: 'Allow',
  Principal: { AWS: accountRootArn(partition, accountId) },
  Action: 'kms:*',
  Resource: '*',
});

/**
 * The policy of a key of ours: its own account, the statements that share it, and those that protect it. AWS Backup of
 * the account itself needs no statement, its IAM policies say all; and the account a copy comes from gets none: the copy
 * is made by the service-linked role of the account it goes to.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
export const keyPolicy = (owner: KeyOwner, sharing: readonly Statement[]): PolicyDocument =>
  policyDocument([ownAccount(owner), ...sharing, ...keyProtection(owner.exemptions)]);
