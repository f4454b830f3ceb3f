import { z } from 'zod';
import { MAX_RETENTION_DAYS, MIN_AIR_GAPPED_RETENTION_DAYS } from '../aws/limits';
import { AccountId, closed, VaultName } from './fields';

const Days = z.int().min(MIN_AIR_GAPPED_RETENTION_DAYS).max(MAX_RETENTION_DAYS);

/**
 * A logically air-gapped vault beside the vault of a Region: what it keeps lies in an account of AWS Backup's own.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
 */
export const AirGappedConfig = closed({
  minRetentionDays: Days.describe(
    'The shortest retention, in days, a recovery point may come with, 7 to 36500; a job with less fails. Can never be changed.',
  ),
  maxRetentionDays: Days.describe(
    'The longest retention, in days, a recovery point may come with, 7 to 36500; a job with more fails. Can never be changed.',
  ),
  names: closed({
    vault: VaultName.optional().describe('The physical name of the vault. It can never be changed.'),
  })
    .prefault({})
    .describe('Physical names that a naming rule asks for. Default: made from prefix.'),
  key: z
    .enum(['aws-owned', 'own'])
    .default('aws-owned')
    .describe(
      'aws-owned: a key that AWS owns and that nobody can take away, as AWS advises. own: a customer-managed key made beside the vault; needs a Terraform AWS provider of 6.22.0 or later. Can never be changed.',
    ),
  shareWith: z
    .array(AccountId)
    .default([])
    .describe(
      'Accounts of the organization that may restore from the vault, by AWS RAM. RAM must be allowed to share within the organization: aws ram enable-sharing-with-aws-organization, in the management account.',
    ),
  acknowledge: z
    .string()
    .describe(
      'The physical name of the vault, written out: you know that its lock holds from the moment it is made, and that nobody, AWS included, can take it off.',
    ),
})
  .optional()
  .describe(
    'A logically air-gapped vault besides: always under a compliance lock, kept in an account of AWS Backup itself, and shared with those that restore.',
  );
export type AirGappedConfig = z.output<typeof AirGappedConfig>;
