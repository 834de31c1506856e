/**
 * A chunk holds at most 1,000,000 bytes. A UTF-16 unit takes up to six bytes in JSON (`\u001f`), and the rest of the
 * chunk a few hundred.
 */
export const MAX_PIECE_UNITS = 160_000;

/** A text → pieces that fit into one chunk each. Pairs of surrogates stay together. */
export function splitText(text: string): string[] {
  if (text.length <= MAX_PIECE_UNITS) return [text];
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = endOfPiece(text, start + MAX_PIECE_UNITS);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

function endOfPiece(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  return last >= 0xd8_00 && last <= 0xdb_ff ? end - 1 : end;
}
