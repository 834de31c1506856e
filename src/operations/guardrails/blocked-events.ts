import type { ConverseResponse } from '../../bedrock/converse/converse-response.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';

/** An answer of texts → the events of a stream that says the same. */
export function answerToEvents({
  output,
  stopReason,
  usage,
  metrics,
  trace,
}: ConverseResponse): ConverseStreamEvent[] {
  const blocks = output.message.content.flatMap((block, contentBlockIndex): ConverseStreamEvent[] =>
    'text' in block
      ? [
          { contentBlockDelta: { contentBlockIndex, delta: { text: block.text } } },
          { contentBlockStop: { contentBlockIndex } },
        ]
      : [],
  );
  return [
    { messageStart: { role: 'assistant' } },
    ...blocks,
    { messageStop: { stopReason } },
    { metadata: { usage, metrics, ...(trace && { trace }) } },
  ];
}
