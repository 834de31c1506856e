import type { JsonObject } from '../../bedrock/validation/rule.js';
import type { DirectFormat } from '../direct-format.js';
import { converseToChatBody } from './converse-to-chat-body.js';

/** The body of OpenAI's chat completions, which gpt-oss, Qwen, DeepSeek, Kimi, GLM and others have on Bedrock. */
export const OPENAI_CHAT: DirectFormat = {
  kind: 'chat-completions',
  name: 'openai-chat',
  matches,
  toBody: converseToChatBody,
};

/** Other formats have messages too, each with a signature of its own, so this one is tried last. */
function matches(body: JsonObject): boolean {
  return body['messages'] !== undefined;
}
