import type { TokenUsage } from '../../../bedrock/converse/converse-response.js';

/** Tokens. Members that are not known are 0, since clients add them up. */
export interface MessagesUsage {
  input_tokens: number;
  cache_creation_input_tokens: number;
  cache_read_input_tokens: number;
  output_tokens: number;
  output_tokens_details?: { thinking_tokens: number };
}

/** Converse's usage → Anthropic's; both exclude cached tokens from the input tokens. */
export function usageToAnthropic(usage: TokenUsage, reasoningTokens: number | undefined): MessagesUsage {
  return {
    input_tokens: usage.inputTokens,
    cache_creation_input_tokens: usage.cacheWriteInputTokens ?? 0,
    cache_read_input_tokens: usage.cacheReadInputTokens ?? 0,
    output_tokens: usage.outputTokens,
    ...(reasoningTokens !== undefined && { output_tokens_details: { thinking_tokens: reasoningTokens } }),
  };
}
