/** What lies in the output folder, or a file that the proof reads, is not what the proof can judge. */
export class ProofError extends Error {
  override readonly name = 'ProofError';
}
