import type { Form } from '../recogniser.js';
import { bounded, findValid } from './boundaries.js';

const KEY = bounded('(?:AKIA|ASIA)[A-Z2-7]{16}');
const LENGTH = 20;

/** Access key ids of users and sessions: base32 behind their prefix. */
export const AWS_ACCESS_KEY: Form = {
  reach: LENGTH + 2,
  spansSpaces: false,
  find: (text) => findValid(text, KEY, () => true),
};
