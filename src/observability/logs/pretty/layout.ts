/** What a terminal shows in a line, if nobody made it wider. */
export const COLUMNS = 80;
/** Under what stands after the time of day. */
const INDENT = ' '.repeat(9);

/** Text → lines below the first, broken between words. A word that is longer stays whole, to be copied. */
export function indented(text: string): string {
  return wrapped(text, COLUMNS - INDENT.length)
    .map((line) => `${INDENT}${line}`)
    .join('\n');
}

/** Text → lines of so many characters, broken between words. */
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

/** Its beginning and its end: the ends of model ids tell them apart. */
export function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const start = Math.ceil((width - 1) / 2);
  return `${text.slice(0, start)}…${text.slice(text.length - (width - 1 - start))}`;
}
