/**
 * Text in lines of at most so many characters, broken between words and behind the separators of ids and ARNs; a longer
 * word is cut.
 */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  const put = (piece: string) => {
    if (line !== '' && (line + piece).trimEnd().length > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    let rest = line === '' ? piece.trimStart() : piece;
    while (rest.trimEnd().length > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    line += rest;
  };
  for (const piece of text.match(/[^\s/:-]*[\s/:-]|[^\s/:-]+/g) ?? []) put(piece);
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}
