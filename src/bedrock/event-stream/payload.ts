import type { ContentBlockDeltaEvent, ConverseStreamEvent } from '../converse/converse-stream-event.js';

/** An event → the JSON of its one member: the name of the member travels in a header. */
export function eventPayload(event: ConverseStreamEvent): string {
  // one event a token: the envelope is written by hand, which takes a third of the time
  if ('contentBlockDelta' in event) return deltaPayload(event.contentBlockDelta);
  if ('contentBlockStop' in event) return JSON.stringify(event.contentBlockStop);
  if ('contentBlockStart' in event) return JSON.stringify(event.contentBlockStart);
  if ('messageStart' in event) return JSON.stringify(event.messageStart);
  return JSON.stringify('messageStop' in event ? event.messageStop : event.metadata);
}

function deltaPayload({ contentBlockIndex, delta }: ContentBlockDeltaEvent): string {
  const start = `{"contentBlockIndex":${contentBlockIndex},"delta":{`;
  if ('text' in delta) return `${start}"text":${JSON.stringify(delta.text)}}}`;
  if ('toolUse' in delta) return `${start}"toolUse":{"input":${JSON.stringify(delta.toolUse.input)}}}}`;
  return `${start}"reasoningContent":${JSON.stringify(delta.reasoningContent)}}}`;
}
