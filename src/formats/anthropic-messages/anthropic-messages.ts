import type { JsonObject } from '../../bedrock/validation/rule.js';
import type { HubFormat } from '../hub-format.js';
import type { ModelFamily } from '../model-family.js';
import { answersToConverse, reduceMessages } from './request/reduce.js';

/** Anthropic's Messages API, as Bedrock and Anthropic's own doors take it. */
export const ANTHROPIC_MESSAGES: HubFormat = {
  kind: 'hub',
  name: 'anthropic-messages',
  matches,
  reduce: reduceMessages,
  answers: answersToConverse,
};

/** The version has many values: SDKs of 2026 send a newer one than all before. */
function matches(body: JsonObject, { maker }: ModelFamily): boolean {
  if (typeof body.anthropic_version === 'string') return true;
  if (maker !== 'anthropic' || !Array.isArray(body.messages)) return false;
  // a body of Nova's
  return body.inferenceConfig === undefined && body.schemaVersion === undefined;
}
