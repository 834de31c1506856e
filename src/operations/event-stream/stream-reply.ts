import type { Settings } from '../../config/settings.js';
import type { Exchange } from '../../observability/exchange.js';
import { EventStreamReply } from '../../server/reply.js';
import type { OperationResult } from '../operation-result.js';
import { resultHeaders } from '../operation-reply.js';
import type { EventFormat } from './event-format.js';
import { EventFrames } from './event-frames.js';
import { keepAliveFrames } from './keep-alive-frames.js';
import type { OpenEvents } from './open-events.js';

/** What the service of a streaming operation returns. */
export interface StreamResult<Event> extends OperationResult<Promise<OpenEvents<Event>>> {
  readonly format: EventFormat<Event>;
}

/**
 * The result of a streaming operation → the event stream that is sent, once the first event is known. For an operation
 * that streams only on request; the others use `EventStreamInterceptor`.
 */
export async function streamToReply<Event extends object>(
  result: StreamResult<Event>,
  exchange: Exchange,
  { streamKeepaliveMs: silenceMs }: Pick<Settings, 'streamKeepaliveMs'>,
): Promise<EventStreamReply> {
  exchange.isStream = true;
  const { answer, format } = result;
  const frames =
    silenceMs > 0
      ? await keepAliveFrames(answer, format, { silenceMs, exchange })
      : new EventFrames(await answer, format, exchange);
  return new EventStreamReply(frames, format.contentType, resultHeaders(result));
}
