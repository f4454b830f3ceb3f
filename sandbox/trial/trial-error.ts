/** Why a trial cannot begin or go on, in words for its operator. */
export class TrialError extends Error {
  override readonly name = 'TrialError';
}
