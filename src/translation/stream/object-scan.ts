const WHITESPACE = new Set([' ', '\t', '\n', '\r'].map((character) => character.charCodeAt(0)));
const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
const OPENING = new Set(['{', '['].map((character) => character.charCodeAt(0)));
const CLOSING = new Set(['}', ']'].map((character) => character.charCodeAt(0)));
const OPENING_BRACE = '{'.charCodeAt(0);

/** `blank`: only whitespace so far. `other`: not a JSON object, or more text after the object. */
type State = 'blank' | 'object' | 'string' | 'escape' | 'complete' | 'other';

/** Scans the pieces of a JSON object's text to find its end, by counting brackets outside of strings. Keeps no text. */
export class ObjectScan {
  private state: State = 'blank';
  private depth = 0;

  get blank(): boolean {
    return this.state === 'blank';
  }

  /** The text starts with `{`, even if it turned out not to be an object. */
  get begun(): boolean {
    return this.depth > 0 || this.complete;
  }

  get complete(): boolean {
    return this.state === 'complete';
  }

  read(piece: string): void {
    for (let position = 0; position < piece.length && this.state !== 'other'; position += 1) {
      this.state = this.next(piece.charCodeAt(position));
    }
  }

  private next(character: number): State {
    switch (this.state) {
      case 'object':
        return this.inObject(character);
      case 'string':
        if (character === BACKSLASH) return 'escape';
        return character === QUOTE ? 'object' : 'string';
      case 'escape':
        return 'string';
      default:
        return this.outside(character);
    }
  }

  private inObject(character: number): State {
    if (character === QUOTE) return 'string';
    if (OPENING.has(character)) this.depth += 1;
    if (!CLOSING.has(character)) return 'object';
    this.depth -= 1;
    return this.depth === 0 ? 'complete' : 'object';
  }

  private outside(character: number): State {
    if (WHITESPACE.has(character)) return this.state;
    if (character !== OPENING_BRACE || this.complete) return 'other';
    this.depth = 1;
    return 'object';
  }
}
