import type { Form } from '../recogniser.js';
import { findValid } from './boundaries.js';

const CHARACTERS = String.raw`[\p{Script=Latin}\p{Nd}\-._~:/?#[\]@!$&'()*+,;=%]`;
/** Behind a scheme, or `www.`. It does not end with punctuation of the sentence. */
const URL_FORM = new RegExp(
  String.raw`(?<![\p{L}\p{N}_])(?:(?:https?|ftp|wss?)://|www\.)${CHARACTERS}*[\p{Script=Latin}\p{Nd}/=&#%_~$+@-]`,
  'giu',
);
const HOST = /^(?:localhost|\[[0-9a-f:.]+\]|[^\s.]+(?:\.[^\s.]+)+)$/i;

/** Addresses of the web, which may have any length. */
export const URL_ADDRESS: Form = {
  reach: Infinity,
  spansSpaces: false,
  find: (text) => findValid(text, URL_FORM, isUrl),
};

function isUrl(match: string): boolean {
  const url = URL.parse(/^www\./i.test(match) ? `http://${match}` : match);
  return url !== null && HOST.test(url.hostname);
}
