import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { encodeEvents, keepAliveFrame } from '../../bedrock/event-stream/frame.js';
import type { Exchange } from '../../observability/exchange.js';
import { Source } from '../../openai/source.js';
import { EventFrames, exceptionFrame } from './event-frames.js';
import type { OpenEvents } from './open-events.js';

const MESSAGE_START: ConverseStreamEvent = { messageStart: { role: 'assistant' } };
const SILENT = Symbol('silent');

/**
 * Frames of a stream whose upstream may be silent for long. Until `silenceMs` have passed nothing goes out and
 * a failure is an ordinary error; then messageStart does, and a frame that clients skip after every further
 * silence: load balancers see life, and from then on a failure is an exception frame.
 */
export async function keptAliveFrames(
  opening: Promise<OpenEvents>,
  silenceMs: number,
  exchange: Exchange,
): Promise<Source<Buffer>> {
  const opened = await openedWithin(opening, silenceMs);
  return opened === SILENT
    ? Source.from(framesAfterSilence(opening, silenceMs, exchange))
    : new EventFrames(opened, exchange);
}

async function* framesAfterSilence(
  opening: Promise<OpenEvents>,
  silenceMs: number,
  exchange: Exchange,
): AsyncGenerator<Buffer> {
  yield encodeEvents([MESSAGE_START]);
  try {
    let opened = await openedWithin(opening, silenceMs);
    while (opened === SILENT) {
      yield keepAliveFrame;
      opened = await openedWithin(opening, silenceMs);
    }
    const [, ...first] = opened.first;
    yield* new EventFrames({ ...opened, first }, exchange);
  } catch (error) {
    yield exceptionFrame(error, exchange);
  }
}

async function openedWithin(opening: Promise<OpenEvents>, ms: number): Promise<OpenEvents | typeof SILENT> {
  const { promise: silence, resolve } = Promise.withResolvers<typeof SILENT>();
  const timer = setTimeout(() => resolve(SILENT), ms);
  return Promise.race([opening, silence]).finally(() => clearTimeout(timer));
}
