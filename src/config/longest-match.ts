/** A letter outside the basic plane takes two units. */
const UNITS = 2;

/**
 * The longest match of a regular expression in RE2's syntax, in UTF-16 units; Infinity if there is none. It is an upper
 * bound: an alternative that can never match counts too.
 */
export function longestMatch(pattern: string): number {
  const reader = new PatternReader(pattern);
  return reader.alternatives();
}

const QUANTIFIER = /^(?:[*+?]|\{(?<min>\d+)(?<comma>,)?(?<max>\d*)\})[?+]?/;
const GROUP = /^\((?:\?(?:P?<\w+>|[a-zA-Z]*(?:-[a-zA-Z]+)?:))?/;
/** Flags for the rest of the group: they match nothing. */
const FLAGS = /^\(\?[a-zA-Z]*(?:-[a-zA-Z]+)?\)/;
const CLASS = /^\[\^?\]?(?:\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\.|\[:\^?\w+:\]|[^\]\\])*\]/su;
const QUOTED = /^\\Q(?<text>.*?)(?:\\E|$)/s;
const ASSERTION = /^(?:\\[bBAzZ]|[\^$])/;
const ESCAPE = /^\\(?:[pP]\{[^}]*\}|[pP].|x\{[^}]*\}|x[0-9a-fA-F]{2}|[0-7]{1,3}|.)/su;
const CHARACTER = /^./su;

/** Reads a pattern that RE2 has accepted. */
class PatternReader {
  #rest: string;

  constructor(pattern: string) {
    this.#rest = pattern;
  }

  /** Up to the end of the group or of the pattern. */
  alternatives(): number {
    let longest = 0;
    let current = 0;
    while (this.#rest !== '' && !this.#rest.startsWith(')')) {
      if (this.#rest.startsWith('|')) {
        this.#take(/^\|/);
        current = 0;
      } else {
        current += this.#quantified();
      }
      longest = Math.max(longest, current);
    }
    return longest;
  }

  #quantified(): number {
    const length = this.#atom();
    const match = QUANTIFIER.exec(this.#rest);
    if (match === null) return length;
    this.#rest = this.#rest.slice(match[0].length);
    return length === 0 ? 0 : length * timesOf(match);
  }

  #atom(): number {
    if (this.#take(FLAGS) !== undefined || this.#take(ASSERTION) !== undefined) return 0;
    const quoted = this.#take(QUOTED);
    if (quoted !== undefined) return quoted.length;
    if (this.#take(CLASS) !== undefined || this.#take(ESCAPE) !== undefined) return UNITS;
    if (this.#take(GROUP) === undefined) return this.#take(CHARACTER)?.length ?? 0;
    const length = this.alternatives();
    this.#take(/^\)/);
    return length;
  }

  #take(form: RegExp): string | undefined {
    const match = form.exec(this.#rest)?.[0];
    if (match !== undefined) this.#rest = this.#rest.slice(match.length);
    return match;
  }
}

function timesOf({ 0: text, groups = {} }: RegExpExecArray): number {
  if (text.startsWith('?')) return 1;
  if (!text.startsWith('{')) return Infinity;
  if (groups['comma'] === undefined) return Number(groups['min']);
  return groups['max'] === '' ? Infinity : Number(groups['max']);
}
