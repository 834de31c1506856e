import type { Form } from '../recogniser.js';
import { bounded, findValid } from './boundaries.js';

const LENGTH = 17;
const NUMBER = bounded(`[A-HJ-NPR-Z0-9]{${LENGTH}}`);
const CHECK_POSITION = 8;
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
/** The value of each letter, from A to Z; those without one are not used. */
const LETTERS = '12345678.12345.7.923456789';
const CODE_OF_A = 65;

/** Vehicle identification numbers: check digit. https://www.ecfr.gov/current/title-49/section-565.15 */
export const VEHICLE_IDENTIFICATION_NUMBER: Form = {
  reach: LENGTH + 2,
  spansSpaces: false,
  find: (text) => findValid(text, NUMBER, isNumber),
};

function isNumber(text: string): boolean {
  if (!/[A-Z]/.test(text) || !/\d/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * valueOf(text, index), 0);
  const check = sum % 11;
  return text[CHECK_POSITION] === (check === 10 ? 'X' : String(check));
}

function valueOf(text: string, index: number): number {
  const character = text.charAt(index);
  return Number(/\d/.test(character) ? character : LETTERS.charAt(character.charCodeAt(0) - CODE_OF_A));
}
