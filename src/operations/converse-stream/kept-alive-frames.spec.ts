import { exchangeRecord } from '../../../test/support/exchange-record.js';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { encodeEvents, encodeException, keepAliveFrame } from '../../bedrock/event-stream/frame.js';
import { Source } from '../../openai/source.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { upstreamErrorToStreamException } from '../../translation/upstream-error.js';
import { keptAliveFrames } from './kept-alive-frames.js';
import type { OpenEvents } from './open-events.js';

const START: ConverseStreamEvent = { messageStart: { role: 'assistant' } };
const DELTA: ConverseStreamEvent = { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'hi' } } };
const STOP: ConverseStreamEvent = { contentBlockStop: { contentBlockIndex: 0 } };
const SILENCE_MS = 1;
const NEVER_MS = 60_000;

function batches(...all: (ConverseStreamEvent[] | Error)[]): Source<ConverseStreamEvent[]> {
  return Source.from(oneByOne(all));
}

async function* oneByOne(all: (ConverseStreamEvent[] | Error)[]): AsyncGenerator<ConverseStreamEvent[]> {
  for (const batch of all) {
    if (batch instanceof Error) throw batch;
    yield batch;
  }
}

async function collect(frames: AsyncIterable<Buffer>): Promise<Buffer[]> {
  return Array.fromAsync(frames);
}

describe('keptAliveFrames', () => {
  it('adds nothing to a stream that begins in time', async () => {
    const opening = Promise.resolve<OpenEvents>({ first: [START, DELTA], rest: batches([STOP]) });
    const frames = await keptAliveFrames(opening, NEVER_MS, exchangeRecord());
    expect(await collect(frames)).toEqual([encodeEvents([START, DELTA]), encodeEvents([STOP])]);
  });

  it('rejects when the stream fails in time, so that the failure is an ordinary error', async () => {
    const failure = new BedrockException('ThrottlingException', 'slow down');
    await expect(keptAliveFrames(Promise.reject(failure), NEVER_MS, exchangeRecord())).rejects.toBe(failure);
  });

  it('sends messageStart once and keep-alive frames while the upstream is silent', async () => {
    const { promise: opening, resolve } = Promise.withResolvers<OpenEvents>();
    const frames = (await keptAliveFrames(opening, SILENCE_MS, exchangeRecord()))[Symbol.asyncIterator]();
    expect((await frames.next()).value).toEqual(encodeEvents([START]));
    expect((await frames.next()).value).toEqual(keepAliveFrame);
    expect((await frames.next()).value).toEqual(keepAliveFrame);
    resolve({ first: [START, DELTA], rest: batches([STOP]) });
    let next = await frames.next();
    // the silence may have ended between two keep-alive frames
    while (keepAliveFrame.equals(next.value as Buffer)) next = await frames.next();
    expect(next.value).toEqual(encodeEvents([DELTA]));
    expect((await frames.next()).value).toEqual(encodeEvents([STOP]));
    expect((await frames.next()).done).toBe(true);
  });

  it('ends with an exception frame when the upstream fails after the silence', async () => {
    const { promise: opening, reject } = Promise.withResolvers<OpenEvents>();
    const frames = (await keptAliveFrames(opening, SILENCE_MS, exchangeRecord()))[Symbol.asyncIterator]();
    await frames.next();
    const failure = new BedrockException('ThrottlingException', 'slow down');
    reject(failure);
    expect(await collect({ [Symbol.asyncIterator]: () => frames })).toContainEqual(encodeException(failure));
  });

  it('ends with an exception frame when the stream breaks later', async () => {
    const broken = new UpstreamError('reset', 'connection reset');
    const opening = Promise.resolve<OpenEvents>({ first: [START, DELTA], rest: batches([STOP], broken) });
    const frames = await collect(await keptAliveFrames(opening, NEVER_MS, exchangeRecord()));
    expect(frames.at(-1)).toEqual(encodeException(upstreamErrorToStreamException(broken)));
  });
});
