import type { TokenUsage } from '../../bedrock/converse/converse-response.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { objectOf } from '../json-value.js';
import { usageToTokenUsage } from './usage.js';

/** Everything of an answer that counts tokens. */
const COUNTS: readonly string[] = [
  'prompt_tokens',
  'completion_tokens',
  'total_tokens',
  'prompt_tokens_details.cached_tokens',
  'prompt_cache_hit_tokens',
  'cache_read_input_tokens',
  'cached_tokens',
  'prompt_tokens_details.cache_write_tokens',
  'prompt_tokens_details.cache_creation_tokens',
  'cache_creation_input_tokens',
  'completion_tokens_details.reasoning_tokens',
];
const TIMINGS = 'timings.cache_n';

/**
 * Which counts of a chat answer each of Bedrock's counts depends on: those without which it would be another. A count
 * that depends on none is the translation's own.
 */
export function usageSources(
  answer: Pick<ChatCompletionAnswer, 'usage' | 'x_groq' | 'timings'>,
): Record<keyof TokenUsage, string[]> {
  const root = objectOf(answer.usage) === undefined ? 'x_groq.usage' : 'usage';
  const paths = [...COUNTS.map((count) => `${root}.${count}`), TIMINGS];
  const told = usageToTokenUsage(answer);
  const others = paths.map((path) => ({ path, usage: usageToTokenUsage(without(answer, path.split('.'))) }));
  const sourcesOf = (name: keyof TokenUsage): string[] =>
    others.filter(({ usage }) => usage[name] !== told[name]).map(({ path }) => path);
  return {
    inputTokens: sourcesOf('inputTokens'),
    outputTokens: sourcesOf('outputTokens'),
    totalTokens: sourcesOf('totalTokens'),
    cacheReadInputTokens: sourcesOf('cacheReadInputTokens'),
    cacheWriteInputTokens: sourcesOf('cacheWriteInputTokens'),
  };
}

/** A copy of an object that lacks what is at a path. */
function without<Value extends object>(value: Value, [name = '', ...rest]: readonly string[]): Value {
  const { [name]: member, ...others } = value as Record<string, unknown>; // any object can be read so
  const inner = objectOf(member);
  const kept = rest.length > 0 && inner !== undefined ? { [name]: without(inner, rest) } : {};
  return { ...others, ...kept } as Value; // of a copy that lacks one member, or has all
}
