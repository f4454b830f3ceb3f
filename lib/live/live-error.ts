/** What stopped a live call, in words for the operator. */
export class LiveError extends Error {
  override readonly name = 'LiveError';
}
