import { KNOWN_FAILURES } from '../aws/known-failures';

/** The runbook of the messages that jobs fail with, as Markdown: made of the same table that `npm run status` explains by. */
export const failuresRunbook = (): string =>
  [
    '# Runbook: a copy fails, by message',
    '<!-- Made of lib/aws/known-failures.ts by npm run runbook. -->',
    INTRODUCTION,
    ...KNOWN_FAILURES.map(({ title, example, why, wayOut }) =>
      [`## ${title}`, `> ${example}`, why, `**What to do.** ${wayOut}`].join('\n\n'),
    ),
    '## Any other message',
    ELSE,
  ]
    .join('\n\n')
    .concat('\n');

const INTRODUCTION = `\`npm run status\` shows the jobs that have failed, with the message that AWS ends them with. Below is what is
known of each message. When the cause is gone, the next run of the plan copies what comes then; copy what was missed by hand, with
\`npm run copy -- --recovery-point <ARN> --to <destination>/<region>\`.`;

const ELSE = `Look at the job with \`aws backup describe-copy-job\` in the account and the Region of the source, and at CloudTrail of
both accounts at that time. A message that comes again belongs into \`lib/aws/known-failures.ts\`.`;
