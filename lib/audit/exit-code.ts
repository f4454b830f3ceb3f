import type { Audited } from './audit';

/** 1 where an error was found, or, for who is strict, anything at all. */
export const exitCodeOf = ({ findings }: Pick<Audited, 'findings'>, isStrict: boolean): 0 | 1 =>
  findings.some(({ severity }) => isStrict || severity === 'error') ? 1 : 0;
