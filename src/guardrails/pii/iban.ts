import { getCountrySpecifications, isValidIBAN } from 'ibantools';
import type { Form, Span } from '../recogniser.js';

const BEGINNING = /(?<![\p{L}\p{N}_])[A-Z]{2}\d{2}/giu;
const LONGEST = 34;
const LONGEST_WITH_SPACES = LONGEST + Math.ceil(LONGEST / 4);

const LENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries(getCountrySpecifications()).map(([country, { chars }]) => [country, chars ?? 0]),
);

/** International bank account numbers: the length of the country, and the check digits. */
export const IBAN: Form = { reach: LONGEST_WITH_SPACES + 2, spansSpaces: true, find };

function find(text: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: match, index: begin } of text.matchAll(BEGINNING)) {
    const length = LENGTHS.get(match.slice(0, 2).toUpperCase()) ?? 0;
    const end = endOf(text, begin, length);
    if (end === undefined) continue;
    const iban = text.slice(begin, end).replaceAll(' ', '').toUpperCase();
    if (isValidIBAN(iban)) spans.push({ begin, end });
  }
  return spans;
}

/** The end of so many letters and digits, with single spaces between them; undefined when others follow. */
function endOf(text: string, begin: number, length: number): number | undefined {
  let remaining = length;
  let index = begin;
  while (remaining > 0) {
    if (text[index] === ' ') index += 1;
    if (!/^[0-9a-z]$/i.test(text[index] ?? '')) return undefined;
    index += 1;
    remaining -= 1;
  }
  return length === 0 || /^[\p{L}\p{N}_]/u.test(text.slice(index, index + 2)) ? undefined : index;
}
