import type { ConverseResponse, TokenUsage } from '../../bedrock/converse/converse-response.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';

const NO_USAGE: TokenUsage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };

/** Bedrock's answer to a prompt that the upstream's content policy refused. `latencyMs` is in milliseconds. */
export function refusedAnswer(latencyMs: number, usage: TokenUsage = NO_USAGE): ConverseResponse {
  return {
    output: { message: { role: 'assistant', content: [] } },
    stopReason: 'content_filtered',
    usage: { ...usage },
    metrics: { latencyMs: wholeMilliseconds(latencyMs) },
  };
}

/** Milliseconds as Bedrock reports them: an integer, at least 1. */
export function wholeMilliseconds(latencyMs: number): number {
  return Math.max(1, Math.round(latencyMs) || 1);
}

/** The events of a stream whose prompt the upstream's content policy refused: no content. */
export function refusedEvents(latencyMs: number): ConverseStreamEvent[] {
  return [
    { messageStart: { role: 'assistant' } },
    { messageStop: { stopReason: 'content_filtered' } },
    { metadata: { usage: { ...NO_USAGE }, metrics: { latencyMs } } },
  ];
}
