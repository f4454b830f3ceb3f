import type { Copy } from './copies';
import type { MadeWorkload } from './workload';

/** What came otherwise than AWS would have it; a line each. */
export function unexpected({ made }: MadeWorkload, copies: readonly Copy[], back: readonly Copy[]): string[] {
  const variants = new Map(made.map(({ arn, variant }) => [arn, variant]));
  const problems: string[] = [];
  for (const [arn, variant] of variants) {
    const own = copies.filter(({ job }) => job.ResourceArn === arn);
    if (variant === 'untagged' && own.length > 0) problems.push(`${arn} has no tag that a plan selects, and is copied`);
    if (variant !== 'untagged' && own.length === 0) problems.push(`${arn} is not copied`);
    if (variant === 'shared-key' || variant === 'no-key')
      for (const { job } of own.filter(({ made: point }) => !point))
        problems.push(`the copy of ${arn} to ${job.DestinationBackupVaultArn} failed: ${job.StatusMessage}`);
  }
  for (const { job } of back.filter(({ made: point }) => !point))
    problems.push(`the copy of ${job.SourceRecoveryPointArn} back failed: ${job.StatusMessage}`);
  return problems;
}
