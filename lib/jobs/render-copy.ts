import type { Arrived } from './await-copy';

/** A copy that has arrived, for a person: the ARN stands alone in its line. */
export const renderArrived = ({ recoveryPointArn, vaultArn, expires, wasThere, jobId }: Arrived): string =>
  [
    recoveryPointArn,
    `in ${vaultArn}`,
    ...(expires === undefined ? [] : [`until ${expires.toISOString().slice(0, 10)}`]),
    ...(wasThere ? [`by copy job ${jobId}, which was there already; --again makes another one`] : []),
  ].join('\n');
