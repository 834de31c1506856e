const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DELETE = 0x7f;
/** For longer pieces JSON.stringify is as fast as the loop of isShortPlainAscii. */
export const SHORT_PIECE_UNITS = 64;

/** Whether the piece is short and each character is one byte in JSON, without an escape. */
export function isShortPlainAscii(piece: string): boolean {
  if (piece.length > SHORT_PIECE_UNITS) return false;
  for (let index = 0; index < piece.length; index += 1) {
    const unit = piece.charCodeAt(index);
    if (unit < SPACE || unit >= DELETE || unit === QUOTE || unit === BACKSLASH) return false;
  }
  return true;
}

/** A piece → what stands between the quotes of its JSON. */
export function escapedPiece(piece: string): string {
  return JSON.stringify(piece).slice(1, -1);
}
