import { COLD_STORAGE_MINIMUM_DAYS, MAX_CONTINUOUS_DAYS } from '../aws/limits';
import type { Check } from './check';
import type { Problem } from './config-error';
import type { Path } from './path';
import type { CopyConfig, RuleConfig } from './plan-config';

/**
 * Recovery points are kept as long as AWS demands: in cold storage for ninety days, as continuous backups for
 * thirty-five at most.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html
 */
export const checkLifecycles: Check = ({ plans }) =>
  Object.entries(plans).flatMap(([plan, { rules }]) =>
    rules.flatMap((rule, index) => {
      const path = ['plans', plan, 'rules', index];
      return [
        ...coldStorage(rule, path),
        ...continuous(rule, path),
        ...rule.copies.flatMap((copy, copyIndex) => coldStorage(copy, [...path, 'copies', copyIndex])),
      ];
    }),
  );

function coldStorage({ deleteAfterDays, moveToColdStorageAfterDays }: CopyConfig | RuleConfig, path: Path): Problem[] {
  if (moveToColdStorageAfterDays === undefined) return [];
  const least = moveToColdStorageAfterDays + COLD_STORAGE_MINIMUM_DAYS;
  if (deleteAfterDays >= least) return [];
  const message = `must be at least ${least}, got ${deleteAfterDays}: what moves to cold storage after ${moveToColdStorageAfterDays} days stays there for ${COLD_STORAGE_MINIMUM_DAYS}; keep it longer or leave out moveToColdStorageAfterDays`;
  return [{ path: [...path, 'deleteAfterDays'], message }];
}

function continuous(
  { enableContinuousBackup, deleteAfterDays, moveToColdStorageAfterDays }: RuleConfig,
  path: Path,
): Problem[] {
  if (!enableContinuousBackup) return [];
  return [
    ...(deleteAfterDays > MAX_CONTINUOUS_DAYS
      ? [
          {
            path: [...path, 'deleteAfterDays'],
            message: `must be at most ${MAX_CONTINUOUS_DAYS}, got ${deleteAfterDays}: continuous backups are kept no longer; its copies may be`,
          },
        ]
      : []),
    ...(moveToColdStorageAfterDays !== undefined
      ? [
          {
            path: [...path, 'moveToColdStorageAfterDays'],
            message: `must not be given with enableContinuousBackup, got ${moveToColdStorageAfterDays}: continuous backups stay warm; its copies may move`,
          },
        ]
      : []),
  ];
}
