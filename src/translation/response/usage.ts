import type { TokenUsage } from '../../bedrock/converse/converse-response.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { objectOf } from '../json-value.js';

/** Bedrock's counts are 32-bit integers. */
const MAX_TOKENS = 2_147_483_647;

/**
 * OpenAI's usage → Bedrock's, in tokens. OpenAI's prompt_tokens include tokens read from and written to a cache,
 * Bedrock's inputTokens do not. Without usage all counts are 0.
 */
export function usageToTokenUsage(
  answer: Pick<ChatCompletionAnswer, 'usage' | 'x_groq' | 'timings'>,
): TokenUsage {
  const usage = objectOf(answer.usage) ?? objectOf(objectOf(answer.x_groq)?.usage) ?? {};
  const cacheRead = cacheReadTokens(usage, answer.timings);
  const cacheWrite = cacheWriteTokens(usage);
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
  const prompt = tokens(usage.prompt_tokens) ?? 0;
  const completion = tokens(usage.completion_tokens) ?? 0;
  const total = tokens(usage.total_tokens);
  const excluded = excludedTokens(total === undefined ? 0 : total - prompt - completion, {
    cacheRead: cacheRead ?? 0,
    cacheWrite: cacheWrite ?? 0,
    reasoning: tokens(objectOf(usage.completion_tokens_details)?.reasoning_tokens) ?? 0,
  });
  const included = cached - excluded.cache;
  // a server whose prompt_tokens are fewer than its cached tokens does not include them, as Bedrock
  const inputTokens = prompt >= included ? prompt - included : prompt;
  const outputTokens = Math.min(completion + excluded.reasoning, MAX_TOKENS);
  return {
    inputTokens,
    outputTokens,
    totalTokens: Math.min(inputTokens + outputTokens + cached, MAX_TOKENS),
    ...(cacheRead !== undefined && { cacheReadInputTokens: cacheRead }),
    ...(cacheWrite !== undefined && { cacheWriteInputTokens: cacheWrite }),
  };
}

interface Countable {
  cacheRead: number;
  cacheWrite: number;
  reasoning: number;
}

/**
 * The cache and reasoning tokens that a server does not include in prompt_tokens and completion_tokens. `surplus` is
 * total_tokens minus these two. It equals the sum of the counts that are not included: some servers leave out cached
 * tokens, or a part of them, and xAI leaves out reasoning. A surplus that matches no such sum is ignored.
 */
function excludedTokens(
  surplus: number,
  { cacheRead, cacheWrite, reasoning }: Countable,
): { cache: number; reasoning: number } {
  const caches = [0, cacheRead + cacheWrite, cacheRead, cacheWrite];
  const cache = caches.find((count) => surplus === count || surplus === count + reasoning);
  if (surplus <= 0 || cache === undefined) return { cache: 0, reasoning: 0 };
  return { cache, reasoning: surplus - cache };
}

/** In this order: OpenAI, DeepSeek, LiteLLM with Anthropic, Moonshot, llama.cpp. */
function cacheReadTokens(usage: Record<string, unknown>, timings: unknown): number | undefined {
  return (
    tokens(objectOf(usage.prompt_tokens_details)?.cached_tokens) ??
    tokens(usage.prompt_cache_hit_tokens) ??
    tokens(usage.cache_read_input_tokens) ??
    tokens(usage.cached_tokens) ??
    tokens(objectOf(timings)?.cache_n)
  );
}

function cacheWriteTokens(usage: Record<string, unknown>): number | undefined {
  const details = objectOf(usage.prompt_tokens_details);
  return (
    tokens(details?.cache_write_tokens) ??
    tokens(details?.cache_creation_tokens) ??
    tokens(usage.cache_creation_input_tokens)
  );
}

/** A token count, or undefined when it is not a number. Some servers send it as text or as a float. */
function tokens(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof count !== 'number' || Number.isNaN(count)) return undefined;
  return Math.min(Math.max(0, Math.trunc(count)), MAX_TOKENS);
}
