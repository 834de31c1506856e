import type { Form } from '../recogniser.js';
import { bounded, digitsOf, findValid, hasContext } from './boundaries.js';
import { weightedSum } from './check-digits.js';

const LONGEST = 11;
/** `123-45-6789`, `123 45 6789`, or the digits alone. */
const THREE_TWO_FOUR = bounded(String.raw`(?:\d{3}([- ])\d{2}\1\d{4}|\d{9})`);
const NINE_DIGITS = bounded(String.raw`\d{9}`);

const SSN_WORDS = /\b(?:ssn|social\s+security)\b/i;
const ITIN_WORDS = /\b(?:itin|tax(?:payer)?\s+(?:id|identification))\b/i;
const ROUTING_WORDS = /\b(?:routing|aba|rtn|transit)\b/i;

/** Numbers of advertisements, which were never valid. */
const ADVERTISED: ReadonlySet<string> = new Set(['078051120', '219099999']);

/** https://www.ssa.gov/employer/randomization.html */
export const US_SOCIAL_SECURITY_NUMBER: Form = threeTwoFour(SSN_WORDS, (digits) => {
  if (/^(?:000|666|9)/.test(digits) || ADVERTISED.has(digits)) return false;
  return digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000';
});

/** https://www.irs.gov/tin/itin/individual-taxpayer-identification-number-itin */
export const US_TAXPAYER_NUMBER: Form = threeTwoFour(ITIN_WORDS, (digits) =>
  /^9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-2]|9[4-9])/.test(digits),
);

/** The numbers of Federal Reserve districts and others: the first two digits. */
const DISTRICTS = /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/;
const ROUTING_WEIGHTS = [3, 7, 1, 3, 7, 1, 3, 7, 1];

/** ABA routing numbers: district, check digit, and a word before that says what it is. */
export const US_BANK_ROUTING_NUMBER: Form = {
  reach: LONGEST,
  spansSpaces: false,
  find: (text) =>
    findValid(
      text,
      NINE_DIGITS,
      (digits, begin) =>
        DISTRICTS.test(digits) &&
        Number(digits) > 0 &&
        weightedSum(digits, ROUTING_WEIGHTS) % 10 === 0 &&
        hasContext(text, begin, ROUTING_WORDS),
    ),
};

/** Without separators only a word before tells the number from others. */
function threeTwoFour(words: RegExp, isValid: (digits: string) => boolean): Form {
  return {
    reach: LONGEST + 2,
    spansSpaces: true,
    find: (text) =>
      findValid(text, THREE_TWO_FOUR, (match, begin) => {
        const digits = digitsOf(match);
        return isValid(digits) && (digits !== match || hasContext(text, begin, words));
      }),
  };
}
