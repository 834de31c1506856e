import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { encodeEvents } from '../../bedrock/event-stream/frame.js';
import { keepAliveFrame } from '../../bedrock/event-stream/keep-alive.js';
import type { Exchange } from '../../observability/exchange.js';
import { PullSource } from '../../streaming/pull-source.js';
import { EventFrames, exceptionFrame } from './event-frames.js';
import { FilledSource } from './filled-source.js';
import { LastEvent } from './last-event.js';
import type { OpenEvents } from './open-events.js';

const MESSAGE_START: ConverseStreamEvent = { messageStart: { role: 'assistant' } };
const SILENT = Symbol('silent');

/**
 * Frames of a stream whose upstream may be silent for long. Until `silenceMs` have passed nothing goes out and
 * a failure is an ordinary error; then messageStart does, and from then on a failure is an exception frame. After
 * every further silence, before the first content or in the middle, a frame goes out that clients pass over: load
 * balancers and clients with a read timeout see life.
 */
export async function keepAliveFrames(
  opening: Promise<OpenEvents>,
  silenceMs: number,
  exchange: Exchange,
): Promise<PullSource<Buffer>> {
  const last = new LastEvent();
  const opened = await openedWithin(opening, silenceMs);
  const frames =
    opened === SILENT
      ? PullSource.from(framesAfterSilence(opening, last, exchange))
      : new EventFrames(last.follow(opened), exchange);
  return new FilledSource(frames, silenceMs, () => keepAliveFrame(last.event));
}

async function* framesAfterSilence(
  opening: Promise<OpenEvents>,
  last: LastEvent,
  exchange: Exchange,
): AsyncGenerator<Buffer> {
  yield encodeEvents([MESSAGE_START]);
  try {
    const opened = await opening;
    const [, ...first] = opened.first;
    yield* new EventFrames(last.follow({ ...opened, first }), exchange);
  } catch (error) {
    yield exceptionFrame(error, exchange);
  }
}

async function openedWithin(opening: Promise<OpenEvents>, ms: number): Promise<OpenEvents | typeof SILENT> {
  const { promise: silence, resolve } = Promise.withResolvers<typeof SILENT>();
  const timer = setTimeout(() => resolve(SILENT), ms);
  return Promise.race([opening, silence]).finally(() => clearTimeout(timer));
}
