import type { JsonObject } from '../../bedrock/validation/rule.js';
import type { HubFormat } from '../hub-format.js';
import type { ModelFamily } from '../model-family.js';
import { reduceMistralChat } from './mistral-chat-request.js';
import { MistralChatStream, toMistralChatResponse } from './mistral-chat-response.js';

/** Mistral's chat completion: nearly OpenAI's, with `stop_reason` in place of `finish_reason`. */
export const MISTRAL_CHAT: HubFormat = {
  kind: 'hub',
  name: 'mistral-chat',
  matches,
  reduce: reduceMistralChat,
  answers: () => ({ toResponse: toMistralChatResponse, openStream: () => new MistralChatStream() }),
};

function matches(body: JsonObject, { maker }: ModelFamily): boolean {
  return maker === 'mistral' && Array.isArray(body['messages']);
}
