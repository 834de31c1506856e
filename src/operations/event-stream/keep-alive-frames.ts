import type { Exchange } from '../../observability/exchange.js';
import { PullSource } from '../../streaming/pull-source.js';
import type { EventFormat } from './event-format.js';
import { EventFrames, exceptionFrame } from './event-frames.js';
import { FilledSource } from './filled-source.js';
import { LastEvent } from './last-event.js';
import type { OpenEvents } from './open-events.js';

const SILENT = Symbol('silent');

/**
 * The frames of a stream whose upstream may be silent for a long time. For the first `silenceMs` nothing is sent, so
 * that a failure is still an ordinary HTTP error. Then the first event of the format is sent, or a keep-alive frame if it
 * has none, and a later failure is an exception frame. After every further silence a keep-alive frame is sent, so that load balancers and clients with a
 * read timeout see a live connection.
 * @param silenceMs milliseconds
 */
export async function keepAliveFrames<Event extends object>(
  opening: Promise<OpenEvents<Event>>,
  format: EventFormat<Event>,
  { silenceMs, exchange }: { silenceMs: number; exchange: Exchange },
): Promise<PullSource<Buffer>> {
  const last = new LastEvent<Event>();
  const opened = await openedWithin(opening, silenceMs);
  const frames =
    opened === SILENT
      ? PullSource.from(framesAfterSilence(opening, format, last, exchange))
      : new EventFrames(last.follow(opened), format, exchange);
  return new FilledSource(frames, silenceMs, () => format.keepAlive(last.event));
}

async function* framesAfterSilence<Event extends object>(
  opening: Promise<OpenEvents<Event>>,
  format: EventFormat<Event>,
  last: LastEvent<Event>,
  exchange: Exchange,
): AsyncGenerator<Buffer> {
  const { firstEvent } = format;
  yield firstEvent === undefined ? format.keepAlive(undefined) : format.encode([firstEvent]);
  try {
    const opened = await opening;
    const first = firstEvent === undefined ? opened.first : opened.first.slice(1);
    yield* new EventFrames(last.follow({ ...opened, first }), format, exchange);
  } catch (error) {
    yield exceptionFrame(error, format, exchange);
  }
}

async function openedWithin<Event>(
  opening: Promise<OpenEvents<Event>>,
  ms: number,
): Promise<OpenEvents<Event> | typeof SILENT> {
  const { promise: silence, resolve } = Promise.withResolvers<typeof SILENT>();
  const timer = setTimeout(() => resolve(SILENT), ms);
  return Promise.race([opening, silence]).finally(() => clearTimeout(timer));
}
