/** A name for a further statement of a policy: the one that is meant, or that with a number where another one has it. */
export function freeSid(meant: string, statements: readonly { readonly Sid?: unknown }[]): string {
  const taken = new Set(statements.map(({ Sid }) => Sid));
  return [meant, ...statements.map((_, index) => `${meant}${index + 2}`)].find((name) => !taken.has(name)) ?? meant;
}
