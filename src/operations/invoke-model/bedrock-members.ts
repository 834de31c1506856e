import type { JsonObject } from '../../bedrock/validation/rule.js';

const PREFIX = 'amazon-bedrock-';

/** A body without the members that are Bedrock's own and not the model's: `amazon-bedrock-guardrailConfig`. */
export function withoutBedrockMembers(body: JsonObject): JsonObject {
  const own = Object.keys(body).some((name) => name.startsWith(PREFIX));
  if (!own) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith(PREFIX)));
}
