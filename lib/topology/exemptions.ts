import { type Place, parseArn, stackSetsExecutionRoleArn } from '../aws/arn';
import type { Exemptions } from './topology';

/** Whom the denies of one account leave alone; roles of other accounts never act in it, so they are not named. */
export const exemptions = (
  { partition, accountId }: Place,
  deployRoleArn: string | undefined,
  administrators: readonly string[],
  breakGlassRoles: readonly string[],
): Exemptions => ({
  deployers: [
    ...(deployRoleArn === undefined ? [] : [deployRoleArn]),
    ...administrators.filter((arn) => arn !== deployRoleArn),
    stackSetsExecutionRoleArn(partition, accountId),
  ],
  breakGlass: breakGlassRoles.filter((arn) => parseArn(arn)?.accountId === accountId),
});
