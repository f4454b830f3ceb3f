/** Where a value stands in the config: keys and, in lists, indexes. */
export type Path = readonly (string | number)[];

/** `destinations.vault.regions.eu-west-1`, `plans.daily.rules[0].copies[1].to`. */
export function renderPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    const shown = /^[\w-]+$/.test(step) ? step : JSON.stringify(step);
    return text === '' ? shown : `${text}.${shown}`;
  }, '');
}

/** The value at a path of plain data, or undefined. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    root,
  );
}
