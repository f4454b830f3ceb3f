import type { Failure } from './failure';
import type { Findings } from './read-plan';
import type { UnownedState } from './unowned-states';

/** What is to be said of one stack. */
export type StackReport = {
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
} & (({ readonly is: 'planned' } & Findings) | Failure);

/** What is to be said of all that was looked at. */
export interface DriftReport {
  /** In the order of a deploy. */
  readonly stacks: readonly StackReport[];
  /** Empty where single stacks were asked for. */
  readonly unownedStates: readonly UnownedState[];
  /** Why the states could not be listed; undefined where they were, or where nobody asked. */
  readonly unlisted?: string;
}

/** 1 where something could not be looked at, 2 where somebody changed something outside, else 0. */
export function exitCodeOf({ stacks, unlisted }: DriftReport): 0 | 1 | 2 {
  if (unlisted !== undefined || stacks.some(({ is }) => is === 'failed')) return 1;
  return stacks.some((stack) => stack.is === 'planned' && stack.changedOutside.length > 0) ? 2 : 0;
}

/** How it is with one stack, in a few words. */
export function verdictOn(stack: StackReport): string {
  if (stack.is === 'waiting') return `waiting for ${stack.waitsFor.join(', ')}`;
  if (stack.is === 'failed') return `error: ${stack.reason}`;
  const { changedOutside, notApplied, isNew } = stack;
  if (isNew) return `never applied: ${notApplied.length} to add`;
  const parts = [
    ...(changedOutside.length > 0 ? [`${changedOutside.length} changed outside`] : []),
    ...(notApplied.length > 0 ? [`${notApplied.length} not applied yet`] : []),
  ];
  return parts.join(', ') || 'as deployed';
}
