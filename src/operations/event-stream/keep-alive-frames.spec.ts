import { jest } from '@jest/globals';
import { exchangeRecord } from '../../../test/support/exchange-record.js';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { encodeEvents, encodeException, unknownEventFrame } from '../../bedrock/event-stream/frame.js';
import { PullSource } from '../../streaming/pull-source.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { upstreamErrorToStreamException } from '../../translation/upstream-error.js';
import type { Exchange } from '../../observability/exchange.js';
import { CONVERSE_EVENT_FORMAT } from '../converse-stream/converse-event-format.js';
import { keepAliveFrames } from './keep-alive-frames.js';
import type { OpenEvents } from './open-events.js';

const START: ConverseStreamEvent = { messageStart: { role: 'assistant' } };
const DELTA: ConverseStreamEvent = { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'hi' } } };
const STOP: ConverseStreamEvent = { contentBlockStop: { contentBlockIndex: 0 } };
const EMPTY_DELTA: ConverseStreamEvent = { contentBlockDelta: { contentBlockIndex: 0, delta: { text: '' } } };
const SILENCE_MS = 1;
const NEVER_MS = 60_000;

const framesOf = (
  opening: Promise<OpenEvents<ConverseStreamEvent>>,
  silenceMs: number,
  exchange: Exchange,
): Promise<PullSource<Buffer>> => keepAliveFrames(opening, CONVERSE_EVENT_FORMAT, { silenceMs, exchange });

function batches(...all: (ConverseStreamEvent[] | Error)[]): PullSource<ConverseStreamEvent[]> {
  return PullSource.from(oneByOne(all));
}

async function* oneByOne(all: (ConverseStreamEvent[] | Error)[]): AsyncGenerator<ConverseStreamEvent[]> {
  for (const batch of all) {
    if (batch instanceof Error) throw batch;
    yield batch;
  }
}

async function* eventually(batch: Promise<ConverseStreamEvent[]>): AsyncGenerator<ConverseStreamEvent[]> {
  yield await batch;
}

/** The frames before the one that is waited for. */
async function collectUntil(frames: AsyncIterator<Buffer>, last: Buffer): Promise<Buffer[]> {
  const before: Buffer[] = [];
  for (;;) {
    const { value, done } = await frames.next();
    if (done === true || last.equals(value)) return before;
    before.push(value);
  }
}

/** It gives nothing. */
class CancelledSource extends PullSource<ConverseStreamEvent[]> {
  isCancelled = false;

  pull(): void {
    // silent
  }

  cancel(): void {
    this.isCancelled = true;
  }
}

async function collect(frames: AsyncIterable<Buffer>): Promise<Buffer[]> {
  return Array.fromAsync(frames);
}

describe('keepAliveFrames', () => {
  it('adds nothing to a stream that begins in time', async () => {
    const opening = Promise.resolve<OpenEvents<ConverseStreamEvent>>({
      first: [START, DELTA],
      rest: batches([STOP]),
    });
    const frames = await framesOf(opening, NEVER_MS, exchangeRecord());
    expect(await collect(frames)).toEqual([encodeEvents([START, DELTA]), encodeEvents([STOP])]);
  });

  it('rejects when the stream fails in time, so that the failure is an ordinary error', async () => {
    const failure = new BedrockException('ThrottlingException', 'slow down');
    await expect(framesOf(Promise.reject(failure), NEVER_MS, exchangeRecord())).rejects.toBe(failure);
  });

  it('sends messageStart once and keep-alive frames while the upstream is silent', async () => {
    const { promise: opening, resolve } = Promise.withResolvers<OpenEvents<ConverseStreamEvent>>();
    const frames = (await framesOf(opening, SILENCE_MS, exchangeRecord()))[Symbol.asyncIterator]();
    expect((await frames.next()).value).toEqual(encodeEvents([START]));
    expect((await frames.next()).value).toEqual(unknownEventFrame);
    expect((await frames.next()).value).toEqual(unknownEventFrame);
    resolve({ first: [START, DELTA], rest: batches([STOP]) });
    let next = await frames.next();
    // the silence may have ended between two keep-alive frames
    while (unknownEventFrame.equals(next.value as Buffer)) next = await frames.next();
    expect(next.value).toEqual(encodeEvents([DELTA]));
    expect((await frames.next()).value).toEqual(encodeEvents([STOP]));
    expect((await frames.next()).done).toBe(true);
  });

  it.each<[name: string, late: boolean]>([
    ['that began in time', false],
    ['that began late', true],
  ])('adds empty deltas while the upstream of a stream %s is silent in a block', async (_, isLate) => {
    const { promise: rest, resolve: goOn } = Promise.withResolvers<ConverseStreamEvent[]>();
    const { promise: opening, resolve: open } = Promise.withResolvers<OpenEvents<ConverseStreamEvent>>();
    const opened = { first: [START, DELTA], rest: PullSource.from(eventually(rest)) };
    if (!isLate) open(opened);
    const frames = (await framesOf(opening, SILENCE_MS, exchangeRecord()))[Symbol.asyncIterator]();
    if (isLate) expect((await frames.next()).value).toEqual(encodeEvents([START]));
    open(opened);
    const before = await collectUntil(frames, encodeEvents([EMPTY_DELTA]));
    expect(Buffer.concat(before.filter((frame) => !frame.equals(unknownEventFrame)))).toEqual(
      encodeEvents([...(isLate ? [] : [START]), DELTA]),
    );
    expect((await frames.next()).value).toEqual(encodeEvents([EMPTY_DELTA]));
    goOn([DELTA, STOP]);
    const after = await collect({ [Symbol.asyncIterator]: () => frames });
    expect(after.filter((frame) => !frame.equals(encodeEvents([EMPTY_DELTA])))).toEqual([
      encodeEvents([DELTA, STOP]),
    ]);
  });

  it('adds frames of an unknown type between two blocks', async () => {
    const { promise: rest, resolve: goOn } = Promise.withResolvers<ConverseStreamEvent[]>();
    const opening = Promise.resolve({ first: [START, DELTA, STOP], rest: PullSource.from(eventually(rest)) });
    const frames = (await framesOf(opening, SILENCE_MS, exchangeRecord()))[Symbol.asyncIterator]();
    expect((await frames.next()).value).toEqual(encodeEvents([START, DELTA, STOP]));
    expect((await frames.next()).value).toEqual(unknownEventFrame);
    expect((await frames.next()).value).toEqual(unknownEventFrame);
    goOn([]);
    await collect({ [Symbol.asyncIterator]: () => frames });
  });

  it('adds nothing while the reader does not pull', async () => {
    const opening = Promise.resolve<OpenEvents<ConverseStreamEvent>>({
      first: [START, DELTA],
      rest: batches([STOP]),
    });
    const frames = (await framesOf(opening, NEVER_MS, exchangeRecord()))[Symbol.asyncIterator]();
    jest.useFakeTimers();
    expect((await frames.next()).value).toEqual(encodeEvents([START, DELTA]));
    jest.advanceTimersByTime(10 * NEVER_MS);
    expect((await frames.next()).value).toEqual(encodeEvents([STOP]));
    expect((await frames.next()).done).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('cancels the upstream and the timer when the reader cancels', async () => {
    const cancelled = new CancelledSource();
    const frames = await framesOf(
      Promise.resolve({ first: [START, DELTA], rest: cancelled }),
      NEVER_MS,
      exchangeRecord(),
    );
    jest.useFakeTimers();
    await frames.read();
    frames.pull({ next: () => undefined, done: () => undefined, error: () => undefined });
    expect(jest.getTimerCount()).toBe(1);
    frames.cancel();
    expect({ timers: jest.getTimerCount(), isCancelled: cancelled.isCancelled }).toEqual({
      timers: 0,
      isCancelled: true,
    });
    jest.useRealTimers();
  });

  it('ends with an exception frame when the upstream fails after the silence', async () => {
    const { promise: opening, reject } = Promise.withResolvers<OpenEvents<ConverseStreamEvent>>();
    const frames = (await framesOf(opening, SILENCE_MS, exchangeRecord()))[Symbol.asyncIterator]();
    await frames.next();
    const failure = new BedrockException('ThrottlingException', 'slow down');
    reject(failure);
    expect(await collect({ [Symbol.asyncIterator]: () => frames })).toContainEqual(encodeException(failure));
  });

  it('ends with an exception frame when the stream breaks later', async () => {
    const broken = new UpstreamError('reset', 'connection reset');
    const opening = Promise.resolve<OpenEvents<ConverseStreamEvent>>({
      first: [START, DELTA],
      rest: batches([STOP], broken),
    });
    const frames = await collect(await framesOf(opening, NEVER_MS, exchangeRecord()));
    expect(frames.at(-1)).toEqual(encodeException(upstreamErrorToStreamException(broken)));
  });
});
