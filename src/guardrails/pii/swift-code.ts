import { getCountrySpecifications } from 'ibantools';
import type { Form } from '../recogniser.js';
import { bounded, findValid, hasContext } from './boundaries.js';

const CODE = bounded('[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?');
const LONGEST = 11;
const HEAD_OFFICE = 'XXX';
const WORDS = /\b(?:swift|bic|iban|bank|banque|banco|beneficiary|wire)\b/i;

const COUNTRIES: ReadonlySet<string> = new Set([
  ...Object.keys(getCountrySpecifications()),
  ...'AU BD CA CL CN CO HK ID IN JP KE KR LK MA MX MY NG NZ PE PH SG TH TW UA US UY VN ZA'.split(' '),
]);

/**
 * Codes of banks: the letters of a country, and either a digit, the sign of a head office, or a word before that says what
 * it is. Many English words in capitals have the form alone.
 */
export const SWIFT_CODE: Form = {
  reach: LONGEST + 2,
  spansSpaces: false,
  find: (text) => findValid(text, CODE, (code, begin) => isCode(code) && isMeant(code, text, begin)),
};

function isCode(code: string): boolean {
  return COUNTRIES.has(code.slice(4, 6));
}

function isMeant(code: string, text: string, begin: number): boolean {
  return /\d/.test(code) || code.endsWith(HEAD_OFFICE) || hasContext(text, begin, WORDS);
}
