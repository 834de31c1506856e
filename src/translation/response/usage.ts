import type { TokenUsage } from '../../bedrock/converse/converse-response.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { objectOf } from '../json-value.js';

/** Bedrock's counts are 32-bit integers. */
const MAX_TOKENS = 2_147_483_647;

/**
 * OpenAI's usage → Bedrock's, in tokens. OpenAI's prompt_tokens include what came from and went into a cache,
 * Bedrock's inputTokens do not. A server that says nothing yields zeros.
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
  const beside = countedBeside(total === undefined ? 0 : total - prompt - completion, {
    cacheRead: cacheRead ?? 0,
    cacheWrite: cacheWrite ?? 0,
    reasoning: tokens(objectOf(usage.completion_tokens_details)?.reasoning_tokens) ?? 0,
  });
  const included = cached - beside.cache;
  // a server that reports less than its cache counts without the cache, as Bedrock does
  const inputTokens = prompt >= included ? prompt - included : prompt;
  const outputTokens = Math.min(completion + beside.reasoning, MAX_TOKENS);
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
 * What a server counts beside prompt_tokens and completion_tokens, in tokens. Only the total tells: `surplus` is what
 * it has over those two, and is the sum of what stands beside them. Some servers count the cache so, or a part of it,
 * and xAI counts reasoning so. A surplus that nothing explains tells nothing.
 */
function countedBeside(
  surplus: number,
  { cacheRead, cacheWrite, reasoning }: Countable,
): { cache: number; reasoning: number } {
  const caches = [0, cacheRead + cacheWrite, cacheRead, cacheWrite];
  const cache = caches.find((some) => surplus === some || surplus === some + reasoning);
  if (surplus <= 0 || cache === undefined) return { cache: 0, reasoning: 0 };
  return { cache, reasoning: surplus - cache };
}

/** In order: OpenAI, DeepSeek, LiteLLM before Anthropic, Moonshot, llama.cpp. */
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

/** A count, or undefined where there is none to read. Some servers send it as text or as a float. */
function tokens(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof count !== 'number' || Number.isNaN(count)) return undefined;
  return Math.min(Math.max(0, Math.trunc(count)), MAX_TOKENS);
}
