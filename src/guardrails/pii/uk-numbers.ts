import type { Form } from '../recogniser.js';
import { bounded, digitsOf, findValid, hasContext } from './boundaries.js';
import { weightedSum } from './check-digits.js';

/** `943 476 5919`; with hyphens or without separators it may be a telephone number. */
const NHS = bounded(String.raw`\d{3}([ -]?)\d{3}\1\d{4}`);
const NHS_WORDS = /\bnhs\b/i;
const NHS_WEIGHTS = [10, 9, 8, 7, 6, 5, 4, 3, 2];
const NHS_LONGEST = 12;

/** https://www.datadictionary.nhs.uk/attributes/nhs_number.html */
export const UK_NATIONAL_HEALTH_SERVICE_NUMBER: Form = {
  reach: NHS_LONGEST + 2,
  spansSpaces: true,
  find: (text) =>
    findValid(
      text,
      NHS,
      (match, begin) =>
        hasNhsDigit(digitsOf(match)) && (match.includes(' ') || hasContext(text, begin, NHS_WORDS)),
    ),
};

function hasNhsDigit(digits: string): boolean {
  const check = 11 - (weightedSum(digits, NHS_WEIGHTS) % 11);
  return (check === 11 ? 0 : check) === Number(digits[9]);
}

const NINO = bounded('[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]', 'i');
const NINO_LONGEST = 13;
/** Prefixes that are not given out. */
const NOT_ISSUED: ReadonlySet<string> = new Set(['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ']);

/** https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110 */
export const UK_NATIONAL_INSURANCE_NUMBER: Form = {
  reach: NINO_LONGEST + 2,
  spansSpaces: true,
  find: (text) => findValid(text, NINO, (match) => !NOT_ISSUED.has(match.slice(0, 2).toUpperCase())),
};
