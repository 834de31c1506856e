import type { Form, Span } from '../recogniser.js';
import { END, START } from './boundaries.js';
import { hasLuhnDigit } from './check-digits.js';

/** A run of digits in groups. A card has at most 19 digits, and so at most 19 groups. */
const RUN = new RegExp(String.raw`${START}\d+(?:[ -]\d+)*${END}`, 'gu');
const MIN_DIGITS = 12;
const MAX_DIGITS = 19;
const LONGEST = MAX_DIGITS * 2;

/** Issuers by the first digits, with the lengths of their numbers. https://en.wikipedia.org/wiki/Payment_card_number */
const ISSUERS: readonly (readonly [prefix: RegExp, min: number, max: number])[] = [
  [/^4/, 13, 19],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, 16, 16],
  [/^3[47]/, 15, 15],
  [/^(?:6011|64[4-9]|65)/, 16, 19],
  [/^(?:30[0-5]|3095|36|3[89])/, 14, 19],
  [/^35(?:2[89]|[3-8])/, 16, 19],
  [/^62/, 16, 19],
  [/^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, 12, 19],
  [/^220[0-4]/, 16, 19],
];

/** Numbers of payment cards: issuer, length and check digit. */
export const CARD_NUMBER: Form = { reach: LONGEST + 2, spansSpaces: true, find };

function find(text: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    for (const { begin, end } of cardsIn(run)) spans.push({ begin: index + begin, end: index + end });
  }
  return spans;
}

/** A run may hold more than the card, such as its expiry: each group behind a space can be the first. */
function cardsIn(run: string): Span[] {
  const spans: Span[] = [];
  let free = 0;
  for (const { index } of run.matchAll(/\d+/g)) {
    const isStart = index >= free && run.charAt(index - 1) !== '-';
    const end = isStart ? cardEnd(run, index) : undefined;
    if (end === undefined) continue;
    spans.push({ begin: index, end });
    free = end;
  }
  return spans;
}

function cardEnd(run: string, begin: number): number | undefined {
  let digits = '';
  for (const { 0: group, index } of run.slice(begin, begin + LONGEST + 1).matchAll(/\d+/g)) {
    digits += group;
    if (digits.length > MAX_DIGITS) return undefined;
    if (digits.length >= MIN_DIGITS && isCard(digits)) return begin + index + group.length;
  }
  return undefined;
}

function isCard(digits: string): boolean {
  const isIssued = ISSUERS.some(
    ([prefix, min, max]) => digits.length >= min && digits.length <= max && prefix.test(digits),
  );
  return isIssued && hasLuhnDigit(digits);
}
