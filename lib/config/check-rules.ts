import type { Check } from './check';
import type { Problem } from './config-error';
import { isTimezone, scheduleProblem } from './schedule';

/**
 * Schedules and windows are such as AWS Backup takes.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html
 */
export const checkRules: Check = ({ plans }) =>
  Object.entries(plans).flatMap(([plan, { rules }]) =>
    rules.flatMap(({ schedule, timezone, startWindowMinutes, completionWindowMinutes }, index): Problem[] => {
      const path = ['plans', plan, 'rules', index];
      const inSchedule = scheduleProblem(schedule);
      return [
        ...(inSchedule === undefined ? [] : [{ path: [...path, 'schedule'], message: inSchedule }]),
        ...(isTimezone(timezone)
          ? []
          : [
              {
                path: [...path, 'timezone'],
                message: `must be the IANA name of a time zone, such as Europe/Paris, got "${timezone}"`,
              },
            ]),
        ...(completionWindowMinutes >= startWindowMinutes
          ? []
          : [
              {
                path: [...path, 'completionWindowMinutes'],
                message: `must be at least startWindowMinutes (${startWindowMinutes}), got ${completionWindowMinutes}: a job that starts late would be cancelled at once`,
              },
            ]),
      ];
    }),
  );
