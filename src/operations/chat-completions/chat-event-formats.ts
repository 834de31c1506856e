import { encodeChunks, encodeInvokeException, unknownEventFrame } from '../../bedrock/event-stream/frame.js';
import type { AnswerSummary } from '../../observability/operation-report.js';
import { type ChatStreamEvent, StreamEnd } from '../../translation/chat-completions/chat-chunks.js';
import { EVENT_STREAM, type EventFormat } from '../event-stream/event-format.js';
import { PING, SERVER_SENT_EVENTS, serverSentEvent } from '../event-stream/server-sent-events.js';
import { chunkPieces } from './chunk-pieces.js';
import { toOpenAIErrorBody } from './openai-errors.js';

const DONE = 'data: [DONE]\n\n';

/** As OpenAI's API streams: a whole answer ends with `[DONE]`, a failed one with an error. */
export const OPENAI_EVENTS: EventFormat<ChatStreamEvent> = {
  contentType: SERVER_SENT_EVENTS,
  encode: (events) => Buffer.from(events.map(eventToText).join('')),
  encodeException: (exception) => Buffer.from(serverSentEvent(toOpenAIErrorBody(exception))),
  keepAlive: () => PING,
  summarize,
};

/** As InvokeModelWithResponseStream streams: each chunk in a frame. */
export const CHUNK_FRAMES: EventFormat<ChatStreamEvent> = {
  contentType: EVENT_STREAM,
  encode: (events) => encodeChunks(events.filter(isChunk).flatMap(chunkPieces)),
  hasTimeouts: true,
  encodeException: encodeInvokeException,
  // clients would read a chunk as a part of the answer, but skip events of an unknown type
  keepAlive: () => unknownEventFrame,
  summarize,
};

function eventToText(event: ChatStreamEvent): string {
  return event instanceof StreamEnd ? DONE : serverSentEvent(event);
}

function isChunk(event: ChatStreamEvent): event is Exclude<ChatStreamEvent, StreamEnd> {
  return !(event instanceof StreamEnd);
}

function summarize(events: readonly ChatStreamEvent[]): AnswerSummary | undefined {
  const last = events.at(-1);
  return last instanceof StreamEnd ? last.summary : undefined;
}
