import { LiveError } from '../live/live-error';
import { error, type Problem } from './finding';

/**
 * Who asks: an identity of the management account, which is the one that the command runs as or `management.deployRole`, or
 * the role that another account is entered by.
 */
export type Asker = 'identity' | 'role';

const MAY_DO = {
  identity:
    'let the identity that reads the management account do this (docs/audit.md): --role is for the other accounts',
  role: 'let the role that is read with do this (docs/audit.md), or name another one by --role',
} as const satisfies Readonly<Record<Asker, string>>;

const AGAIN = 'run it again: AWS was busy or out of reach';

/**
 * What cannot be looked at, as a problem of its own.
 * @throws the reason, where it is no LiveError
 */
export const unanswered = (what: string, reason: unknown, asker: Asker): Problem => {
  const { message, isPassing } = liveErrorOf(reason);
  return error(what, `cannot be looked at: ${message}`, 'an answer', isPassing ? AGAIN : MAY_DO[asker]);
};

/**
 * An account that cannot be entered, likewise.
 * @throws the reason, where it is no LiveError
 */
export const unreachable = (reason: unknown): Problem => {
  const { message, isPassing } = liveErrorOf(reason);
  const remedy = isPassing ? AGAIN : 'name a role by --role that the management account may take';
  return error('account', message, 'can be read', remedy);
};

function liveErrorOf(reason: unknown): LiveError {
  if (!(reason instanceof LiveError)) throw reason;
  return reason;
}
