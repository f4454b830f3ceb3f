import type { Statement } from './policy-document';

/**
 * Holds of a copy to these vaults and to no other. A request without targets would pass ForAllValues, hence the second
 * condition.
 * @param vaultArns - ARNs, which may have `*`
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html
 */
export const copiesOnlyTo = (vaultArns: readonly string[]): NonNullable<Statement['Condition']> => ({
  'ForAllValues:ArnLike': { 'backup:CopyTargets': vaultArns },
  Null: { 'backup:CopyTargets': 'false' },
});
