import { InvalidArgumentError } from 'commander';

const HOURS = { h: 1, d: 24 } as const;

/**
 * Hours from an option such as `36h` or `7d`.
 * @throws InvalidArgumentError for anything else
 */
export function hours(text: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)([hd])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('It must be hours or days, such as 36h or 7d.');
  return Number(count) * HOURS[unit as keyof typeof HOURS];
}

/**
 * A whole number from 1 on.
 * @throws InvalidArgumentError for anything else
 */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}
