import { STRUCTURE, type JsonObject } from '../../bedrock/validation/rule.js';
import type { HubFormat } from '../hub-format.js';
import { reduceNova } from './nova-request.js';
import { NovaStream, toNovaResponse } from './nova-response.js';

/** Amazon Nova: nearly Converse. */
export const NOVA: HubFormat = {
  kind: 'hub',
  name: 'nova',
  matches,
  reduce: reduceNova,
  answers: () => ({ toResponse: toNovaResponse, openStream: () => new NovaStream() }),
};

function matches(body: JsonObject): boolean {
  const { schemaVersion, inferenceConfig, messages } = body;
  if (schemaVersion === 'messages-v1' || inferenceConfig !== undefined) return true;
  return Array.isArray(messages) && messages.some(holdsBlocksWithoutType);
}

/** Content blocks of every other format with `messages` have a `type`. */
function holdsBlocksWithoutType(message: unknown): boolean {
  if (!STRUCTURE.accepts(message) || !Array.isArray(message['content'])) return false;
  return message['content'].some((block) => STRUCTURE.accepts(block) && !Object.hasOwn(block, 'type'));
}
