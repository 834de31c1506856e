import type { TokenUsage } from '../../bedrock/converse/converse-response.js';
import { type GenAiOperation, WITHOUT_OUTPUT } from '../../observability/gen-ai.js';

/** The member of the last chunk of a stream that holds the metrics. */
export const METRICS_MEMBER = 'amazon-bedrock-invocationMetrics';

/** Tokens, and milliseconds. `inputTokenCount` excludes cached tokens, as Bedrock's does. */
interface InvocationMetrics {
  inputTokenCount: number;
  outputTokenCount: number;
  invocationLatency: number;
  firstByteLatency: number;
  cacheReadInputTokenCount?: number;
  cacheWriteInputTokenCount?: number;
}

/** Milliseconds since the request. */
export interface StreamLatencies {
  readonly invocation: number;
  readonly firstByte: number;
}

/** What the end of a stream says about the invocation. */
export function invocationMetrics(
  usage: TokenUsage,
  { invocation, firstByte }: StreamLatencies,
): InvocationMetrics {
  const { cacheReadInputTokens, cacheWriteInputTokens } = usage;
  return {
    inputTokenCount: usage.inputTokens,
    outputTokenCount: usage.outputTokens,
    invocationLatency: invocation,
    firstByteLatency: firstByte,
    ...(cacheReadInputTokens !== undefined && { cacheReadInputTokenCount: cacheReadInputTokens }),
    ...(cacheWriteInputTokens !== undefined && { cacheWriteInputTokenCount: cacheWriteInputTokens }),
  };
}

/**
 * The headers of an answer. Those about tokens are left out when nothing is known about them, and the one about output
 * tokens for operations that generate no text.
 */
export function invocationHeaders(
  usage: TokenUsage | undefined,
  latencyMs: number,
  operation: GenAiOperation,
): Readonly<Record<string, string>> {
  const latency = { 'x-amzn-bedrock-invocation-latency': String(latencyMs) };
  if (usage === undefined) return latency;
  const { cacheReadInputTokens, cacheWriteInputTokens } = usage;
  return {
    ...latency,
    'x-amzn-bedrock-input-token-count': String(usage.inputTokens),
    ...(!WITHOUT_OUTPUT.has(operation) && {
      'x-amzn-bedrock-output-token-count': String(usage.outputTokens),
    }),
    ...(cacheReadInputTokens !== undefined && {
      'x-amzn-bedrock-cache-read-input-token-count': String(cacheReadInputTokens),
    }),
    ...(cacheWriteInputTokens !== undefined && {
      'x-amzn-bedrock-cache-write-input-token-count': String(cacheWriteInputTokens),
    }),
  };
}
