import type { CountryCode } from 'libphonenumber-js';
import type { Form, Span } from '../recogniser.js';
import { hasContext } from './boundaries.js';

/** Whether a number is valid, in a region if it has no country code. */
export type IsPhoneNumber = (number: string, region?: CountryCode) => boolean;

/** Digits in groups, with what people write between them. */
const RUN =
  /(?<![\p{L}\p{N}_+.:/-])(?:\+ ?)?\(?\d+(?:(?:[ ./-]|\) ?| ?\(|\)-)\d+)*(?![\p{L}\p{N}_]|[:/-]\d)/gu;
const MAX_GROUPS = 8;
const MIN_DIGITS = 7;
/** 15 digits, a prefix of two digits, and a pair of signs around each group. */
const MAX_DIGITS = 17;
const LONGEST = 40;
/** Each part of a run of digits is compared with the numbers of its country. */
const WEIGHT = 4;

const DATE = /^(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{2,4})(?:$|\D)/;
const IP = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const WORDS = /\b(?:phone|tel|telephone|mobile|cell|call|fax|whatsapp|telefon|handy|ruf|dial)\b/i;

/** Telephone numbers: with a country code, or as they are written in one region. */
export function phoneForm(isNumber: IsPhoneNumber, region: CountryCode | undefined): Form {
  return {
    reach: LONGEST + 4,
    weight: WEIGHT,
    spansSpaces: true,
    find: (text) => {
      const spans: Span[] = [];
      for (const { 0: run, index } of text.matchAll(RUN)) {
        const number = run.length > LONGEST ? undefined : numberIn(run, isPhone(text, index));
        if (number === undefined) continue;
        spans.push({ begin: index + number.begin, end: index + number.end });
      }
      return spans;
    },
  };

  function isPhone(text: string, begin: number): (candidate: string) => boolean {
    return (candidate) => {
      if (candidate.startsWith('+')) return isNumber(candidate);
      if (region === undefined || DATE.test(candidate) || IP.test(candidate)) return false;
      const isWritten = /\D/.test(candidate) || hasContext(text, begin, WORDS);
      return isWritten && isNumber(candidate, region);
    };
  }
}

/** Groups that are left out at the beginning and at the end, in the order in which they are tried. */
const LEFT_OUT: readonly (readonly [atBegin: number, atEnd: number])[] = [
  [0, 0],
  [0, 1],
  [1, 0],
  [0, 2],
  [1, 1],
  [2, 0],
];

/** The run itself, or without its first or last groups. */
function numberIn(run: string, isPhone: (candidate: string) => boolean): Span | undefined {
  const groups = [...run.matchAll(/(?:\+ ?)?\(?\d+\)?/g)];
  if (groups.length > MAX_GROUPS) return undefined;
  return LEFT_OUT.map(([atBegin, atEnd]) => spanOf(groups.slice(atBegin, groups.length - atEnd))).find(
    (span) => span !== undefined && isCandidate(run.slice(span.begin, span.end), isPhone),
  );
}

function spanOf(groups: readonly RegExpMatchArray[]): Span | undefined {
  const [first, last] = [groups[0], groups.at(-1)];
  if (first?.index === undefined || last?.index === undefined) return undefined;
  return { begin: first.index, end: last.index + last[0].length };
}

function isCandidate(text: string, isPhone: (candidate: string) => boolean): boolean {
  const digits = text.replace(/\D/g, '').length;
  return digits >= MIN_DIGITS && digits <= MAX_DIGITS && isPhone(text);
}
