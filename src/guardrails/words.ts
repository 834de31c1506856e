import type { Form, Span } from './recogniser.js';

/**
 * A word, or a sign. Scripts that are written without spaces have no boundaries of words, so there each letter counts as
 * one.
 */
const TOKENS =
  /[[\p{L}\p{M}\p{N}_]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]]+|\S/gv;
/** White space between two words of a phrase. */
const MAX_GAP = 16;

interface Token extends Span {
  readonly text: string;
}

/** The next word of a phrase → how it goes on. */
interface PhraseNode {
  readonly next: Map<string, PhraseNode>;
  isEnd: boolean;
}

/** Finds whole words and phrases without regard to case, however many there are, in linear time. */
export function wordsForm(phrases: readonly string[]): Form {
  const root = toTree(phrases);
  let reach = 0;
  let longestToken = 0;
  for (const phrase of phrases) {
    reach = Math.max(reach, reachOf(phrase));
    for (const { text } of tokensIn(phrase)) longestToken = Math.max(longestToken, text.length);
  }
  return {
    reach,
    spansSpaces: true,
    find: (text) => {
      const tokens = tokensIn(text, longestToken);
      const spans: Span[] = [];
      for (const [index, { begin }] of tokens.entries()) {
        const end = phraseEnd(tokens, index, root);
        if (end !== undefined) spans.push({ begin, end });
      }
      return spans;
    },
  };
}

function toTree(phrases: readonly string[]): PhraseNode {
  const root: PhraseNode = { next: new Map(), isEnd: false };
  for (const phrase of phrases) {
    let node = root;
    for (const { text } of tokensIn(phrase)) {
      const next = node.next.get(text) ?? { next: new Map(), isEnd: false };
      node.next.set(text, next);
      node = next;
    }
    node.isEnd = node !== root;
  }
  return root;
}

/** The end of the longest phrase that begins with a token. */
function phraseEnd(tokens: readonly Token[], first: number, root: PhraseNode): number | undefined {
  let node = root.next.get(tokens[first]?.text ?? '');
  let end: number | undefined;
  for (let index = first; node !== undefined; index += 1) {
    const token = tokens[index];
    const following = tokens[index + 1];
    if (token === undefined) break;
    if (node.isEnd) end = token.end;
    const isNear = following !== undefined && following.begin - token.end <= MAX_GAP;
    node = isNear ? node.next.get(following.text) : undefined;
  }
  return end;
}

function tokensIn(text: string, longest = Infinity): Token[] {
  const tokens: Token[] = [];
  for (const { 0: token, index: begin } of text.matchAll(TOKENS)) {
    // a longer one is no word of any list, whatever its case
    const isLong = token.length > longest * 3;
    tokens.push({ text: isLong ? '' : fold(token), begin, end: begin + token.length });
  }
  return tokens;
}

/** Case and composition of letters do not count. */
function fold(token: string): string {
  return token.toLowerCase().normalize('NFC');
}

/** A letter may be written with marks of its own, and any gap may be as long as it can be. */
function reachOf(phrase: string): number {
  const tokens = tokensIn(phrase);
  const letters = tokens.reduce((sum, { text }) => sum + text.length * 3, 0);
  return letters + (tokens.length - 1) * MAX_GAP + 2;
}
