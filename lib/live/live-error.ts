/** What stopped a live call, in words for the operator. */
export class LiveError extends Error {
  override readonly name = 'LiveError';

  /** @param isPassing - whether the same call may well succeed in a while, as after a lost connection */
  constructor(
    message: string,
    readonly isPassing = false,
  ) {
    super(message);
  }
}
