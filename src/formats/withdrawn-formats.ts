import type { JsonObject } from '../bedrock/validation/rule.js';
import type { ModelFamily } from './model-family.js';

/** Why a body cannot be answered that belongs to a model which Bedrock has withdrawn; undefined for every other body. */
export function withdrawalOf(body: JsonObject, { maker }: ModelFamily): string | undefined {
  if (typeof body['prompt'] !== 'string') return undefined;
  const isJurassic =
    maker === 'ai21' || ['maxTokens', 'numResults'].some((name) => Object.hasOwn(body, name));
  return isJurassic
    ? 'The request body is one of AI21 Jurassic-2, which Bedrock has withdrawn. Use Converse, or send messages.'
    : undefined;
}
