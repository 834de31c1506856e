import type { TokenUsage } from '../bedrock/converse/converse-response.js';

/** Tokens as the OpenTelemetry conventions count them. */
export interface GenAiUsage {
  /** All of them: Bedrock leaves out what a cache had. */
  readonly input: number;
  readonly cachedInput: number;
  readonly cacheCreationInput: number;
  readonly output: number;
}

export function toGenAiUsage(usage: TokenUsage): GenAiUsage {
  const { inputTokens, outputTokens, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = usage;
  return {
    input: inputTokens + cacheReadInputTokens + cacheWriteInputTokens,
    cachedInput: cacheReadInputTokens,
    cacheCreationInput: cacheWriteInputTokens,
    output: outputTokens,
  };
}
