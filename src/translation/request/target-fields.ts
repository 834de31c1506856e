import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { isProtectedField } from './protected-fields.js';

/** Two names of one limit: servers refuse them together. */
const TOKEN_LIMITS: ReadonlySet<string> = new Set(['max_tokens', 'max_completion_tokens']);

/** What a target's `defaults` and `extraBody` say, where the request has said nothing. Protected names are left out. */
export function addTargetFields(
  params: ChatCompletionParams,
  { dialect, defaults, extraBody }: UpstreamTarget,
): void {
  const fields = {
    [dialect.maxTokensField]: defaults.maxTokens,
    temperature: defaults.temperature,
    top_p: defaults.topP,
    stop: defaults.stopSequences,
  };
  for (const [name, value] of [...Object.entries(fields), ...Object.entries(extraBody)]) {
    if (value !== undefined && !isSet(params, name) && !isProtectedField(name)) params[name] = value;
  }
}

function isSet(params: ChatCompletionParams, name: string): boolean {
  if (!TOKEN_LIMITS.has(name)) return Object.hasOwn(params, name);
  return [...TOKEN_LIMITS].some((limit) => Object.hasOwn(params, limit));
}
