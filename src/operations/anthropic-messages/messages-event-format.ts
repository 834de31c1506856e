import { PieceChunk } from '../../bedrock/event-stream/piece-template.js';
import type { EventFormat } from '../event-stream/event-format.js';
import { SERVER_SENT_EVENTS, serverSentEvent, serverSentJson } from '../event-stream/server-sent-events.js';
import { METRICS_MEMBER } from '../invoke-model/invocation-metrics.js';
import { anthropicErrorBody } from './anthropic-errors.js';

const PING = Buffer.from(serverSentEvent({ type: 'ping' }, 'ping'));

/**
 * The chunks of one InvokeModel stream, as Anthropic's API sends them: server-sent events that are named after their
 * type, without Bedrock's metrics. A failed stream ends with an error and without `message_stop`.
 * https://platform.claude.com/docs/en/build-with-claude/streaming
 */
export function messagesEventFormat({
  summarize,
}: Pick<EventFormat<object>, 'summarize'>): EventFormat<object> {
  return {
    contentType: SERVER_SENT_EVENTS,
    encode: (chunks) => Buffer.from(chunks.map(chunkToText).join('')),
    encodeException: (exception) => Buffer.from(serverSentEvent(anthropicErrorBody(exception), 'error')),
    keepAlive: () => PING,
    summarize,
  };
}

function chunkToText(chunk: object): string {
  if (chunk instanceof PieceChunk) return serverSentJson(chunk.json, typeOf(chunk.template.sample));
  // undefined members are not written
  const event = METRICS_MEMBER in chunk ? { ...chunk, [METRICS_MEMBER]: undefined } : chunk;
  return serverSentEvent(event, typeOf(chunk));
}

function typeOf(chunk: object): string | undefined {
  return 'type' in chunk ? String(chunk.type) : undefined;
}
