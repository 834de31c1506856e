import type { Form } from '../recogniser.js';
import { bounded, digitsOf, findValid, hasContext } from './boundaries.js';
import { hasLuhnDigit } from './check-digits.js';

const NUMBER = bounded(String.raw`\d{3}([- ]?)\d{3}\1\d{3}`);
const LONGEST = 11;
const WORDS = /\b(?:sin|nas|social\s+insurance)\b/i;
/** The first digit is the province; 0 and 8 are not given out. */
const NOT_ISSUED = /^[08]/;

/** Social insurance numbers: check digit, and separators or a word before that says what it is. */
export const CA_SOCIAL_INSURANCE_NUMBER: Form = {
  reach: LONGEST + 2,
  spansSpaces: true,
  find: (text) =>
    findValid(text, NUMBER, (match, begin) => {
      const digits = digitsOf(match);
      if (NOT_ISSUED.test(digits) || !hasLuhnDigit(digits)) return false;
      return digits !== match || hasContext(text, begin, WORDS);
    }),
};
