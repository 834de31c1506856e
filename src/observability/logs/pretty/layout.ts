/** Usual width of a terminal. */
export const COLUMNS = 80;
/** Aligns with the text after the time of day. */
const INDENT = ' '.repeat(9);

/** Text → indented lines, broken between words. A longer word stays whole, so that it can be copied. */
export function indented(text: string): string {
  return wrapped(text, COLUMNS - INDENT.length)
    .map((line) => `${INDENT}${line}`)
    .join('\n');
}

/** Text → lines of at most `width` characters, broken between words. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

/** Keeps the beginning and the end, because model ids often differ at the end. */
export function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const start = Math.ceil((width - 1) / 2);
  return `${text.slice(0, start)}…${text.slice(text.length - (width - 1 - start))}`;
}
