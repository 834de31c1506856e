import { randomInt } from 'node:crypto';
import type { AnswerInfo } from '../../formats/hub-format.js';
import type { ModelRoute } from '../../routing/model-route.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_CHARACTERS = 24;

/** What a new answer says about itself. */
export function newAnswerInfo({ modelId }: ModelRoute): AnswerInfo {
  const id = Array.from({ length: ID_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return { modelId: modelId.text, id };
}
