import type { ConverseStreamEvent } from '../../src/bedrock/converse/converse-stream-event.js';

/** Events as short lines, for tables: `0 call c1 f`, `0 input {"a":1}`, `0 stop`, `1 text Hi`, `end tool_use`. */
export function eventLines(events: readonly ConverseStreamEvent[]): string[] {
  return events.map(eventLine).filter((line) => line !== 'metadata');
}

function eventLine(event: ConverseStreamEvent): string {
  if ('messageStart' in event) return 'start';
  if ('messageStop' in event) return `end ${event.messageStop.stopReason}`;
  if ('metadata' in event) return 'metadata';
  if ('contentBlockStop' in event) return `${event.contentBlockStop.contentBlockIndex} stop`;
  if ('contentBlockStart' in event) {
    const { contentBlockIndex, start } = event.contentBlockStart;
    return `${contentBlockIndex} call ${start.toolUse.toolUseId} ${start.toolUse.name}`;
  }
  const { contentBlockIndex, delta } = event.contentBlockDelta;
  if ('text' in delta) return `${contentBlockIndex} text ${delta.text}`;
  if ('toolUse' in delta) return `${contentBlockIndex} input ${delta.toolUse.input}`;
  const { reasoningContent } = delta;
  return 'text' in reasoningContent
    ? `${contentBlockIndex} reasoning ${reasoningContent.text}`
    : `${contentBlockIndex} signature`;
}
