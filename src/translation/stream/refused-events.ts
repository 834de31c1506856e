import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';

/** The whole stream of a prompt that the upstream's content policy refused: Bedrock answers, with no content. */
export function refusedEvents(latencyMs: number): ConverseStreamEvent[] {
  return [
    { messageStart: { role: 'assistant' } },
    { messageStop: { stopReason: 'content_filtered' } },
    { metadata: { usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 }, metrics: { latencyMs } } },
  ];
}
