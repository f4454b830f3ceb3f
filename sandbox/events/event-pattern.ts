/** The pattern of a rule: by key what a value must be, or what is to hold further in. */
export type EventPattern = Readonly<Record<string, unknown>>;

/**
 * Whether an event is one that a rule is for. Moto cannot be asked: it has no `TestEventPattern`.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or') return (wanted as readonly EventPattern[]).some((one) => matchesPattern(one, event));
    const value = isObject(event) ? event[key] : undefined;
    if (!Array.isArray(wanted)) return matchesPattern(wanted as EventPattern, value);
    const values = [value].flat();
    return wanted.some((test) => values.some((one) => passes(test, one)));
  });
}

/** By operator, whether a value passes. */
const OPERATORS: Readonly<Record<string, (argument: unknown, value: unknown) => boolean>> = {
  'anything-but': (argument, value) => value !== undefined && ![argument].flat().some((one) => passes(one, value)),
  'equals-ignore-case': (argument, value) => lower(value) === lower(argument),
  exists: (argument, value) => (value !== undefined) === argument,
  numeric: (argument, value) => typeof value === 'number' && isWithin(argument as readonly unknown[], value),
  prefix: (argument, value) => typeof value === 'string' && value.startsWith(String(argument)),
  suffix: (argument, value) => typeof value === 'string' && value.endsWith(String(argument)),
  wildcard: (argument, value) => typeof value === 'string' && wildcard(String(argument)).test(value),
};

function passes(test: unknown, value: unknown): boolean {
  if (!isObject(test)) return test === value;
  return Object.entries(test).every(([name, argument]) => {
    const operator = OPERATORS[name];
    if (!operator) throw new Error(`the sandbox does not know ${name} in the pattern of a rule`);
    return operator(argument, value);
  });
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** Comparisons come as a flat list of signs and bounds. */
const isWithin = (argument: readonly unknown[], value: number) =>
  argument.every((sign, index) => index % 2 === 1 || COMPARISONS[String(sign)]?.(value, Number(argument[index + 1])));

const lower = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : undefined);

const wildcard = (text: string) =>
  new RegExp(`^${text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
