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
  // a server that reports less than its cache counts without the cache, as Bedrock does
  const inputTokens = prompt >= cached ? prompt - cached : prompt;
  const outputTokens = outputTokensOf(usage, prompt);
  return {
    inputTokens,
    outputTokens,
    totalTokens: Math.min(inputTokens + outputTokens + cached, MAX_TOKENS),
    ...(cacheRead !== undefined && { cacheReadInputTokens: cacheRead }),
    ...(cacheWrite !== undefined && { cacheWriteInputTokens: cacheWrite }),
  };
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

/** completion_tokens include reasoning; xAI counts it beside them, which shows in the total. */
function outputTokensOf(usage: Record<string, unknown>, prompt: number): number {
  const completion = tokens(usage.completion_tokens) ?? 0;
  const reasoning = tokens(objectOf(usage.completion_tokens_details)?.reasoning_tokens) ?? 0;
  const beside = (tokens(usage.total_tokens) ?? 0) - prompt - completion;
  return beside === reasoning ? Math.min(completion + reasoning, MAX_TOKENS) : completion;
}

/** A count, or undefined where there is none to read. Some servers send it as text or as a float. */
function tokens(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof count !== 'number' || Number.isNaN(count)) return undefined;
  return Math.min(Math.max(0, Math.trunc(count)), MAX_TOKENS);
}
