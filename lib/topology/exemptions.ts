import { type Place, parseArn, stackSetsExecutionRoleArn } from '../aws/arn';
import type { Exemptions } from './topology';

/** Whom the denies of one account leave alone, each once; roles of other accounts never act in it, so they are not named. */
export function exemptions(
  { partition, accountId }: Place,
  deployRoleArn: string | undefined,
  administrators: readonly string[],
  breakGlassRoles: readonly string[],
): Exemptions {
  const deployers = new Set([
    ...(deployRoleArn === undefined ? [] : [deployRoleArn]),
    ...administrators,
    stackSetsExecutionRoleArn(partition, accountId),
  ]);
  const breakGlass = breakGlassRoles.filter((arn) => parseArn(arn)?.accountId === accountId && !deployers.has(arn));
  return { deployers: [...deployers], breakGlass: [...new Set(breakGlass)] };
}
