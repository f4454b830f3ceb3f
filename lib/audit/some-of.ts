/** The first of many texts in a line, and how many more there are. */
export const someOf = (texts: readonly string[], told: number): string =>
  texts.length > told ? `${texts.slice(0, told).join(', ')} and ${texts.length - told} more` : texts.join(', ');
