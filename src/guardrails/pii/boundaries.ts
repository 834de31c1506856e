import type { Span } from '../recogniser.js';

/** Before a number or word: no letter, no digit, and no digit with a separator. For use in a `u` expression. */
export const START = String.raw`(?<![\p{L}\p{N}_]|\d[-.:/])`;
/** After it: likewise. */
export const END = String.raw`(?![\p{L}\p{N}_]|[-.:/]\d)`;

/** An expression between boundaries. It must have a bounded length. */
export function bounded(source: string, flags = ''): RegExp {
  return new RegExp(START + source + END, `gu${flags}`);
}

/** The matches that are valid. */
export function findValid(
  text: string,
  form: RegExp,
  isValid: (match: string, begin: number) => boolean,
): Span[] {
  const spans: Span[] = [];
  for (const { 0: match, index: begin } of text.matchAll(form)) {
    if (isValid(match, begin)) spans.push({ begin, end: begin + match.length });
  }
  return spans;
}

/** Units before a number in which a word may say what the number is. */
const CONTEXT_UNITS = 48;

/** Whether one of the words stands shortly before. */
export function hasContext(text: string, begin: number, words: RegExp): boolean {
  return words.test(text.slice(Math.max(0, begin - CONTEXT_UNITS), begin));
}

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
