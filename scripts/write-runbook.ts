import { writeFileSync } from 'node:fs';
import { FAILURES_RUNBOOK } from '../lib/aws/known-failures';
import { failuresRunbook } from '../lib/report/failures-runbook';

writeFileSync(FAILURES_RUNBOOK, failuresRunbook());
