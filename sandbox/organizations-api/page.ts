import { invalidInput } from './errors';

interface Paged {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

const PAGE = 20;

/** One page of a list, and the token of the next; AWS Organizations' pages are short. */
export function page<Item>(items: readonly Item[], { MaxResults = PAGE, NextToken }: Paged) {
  const start = NextToken === undefined ? 0 : Number(NextToken);
  if (!Number.isInteger(start) || start < 0) throw invalidInput('You provided an invalid token.', 'INVALID_NEXT_TOKEN');
  const end = start + MaxResults;
  return { items: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
}
