import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { exchangeRecord } from '../../../test/support/exchange-record.js';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { encodeEvents, encodeException } from '../../bedrock/event-stream/frame.js';
import { type PullSink, PullSource } from '../../streaming/pull-source.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { upstreamErrorToStreamException } from '../../translation/upstream-error.js';
import { CONVERSE_EVENT_FORMAT } from '../converse-stream/converse-event-format.js';
import { EventFrames } from './event-frames.js';

const START: ConverseStreamEvent = { messageStart: { role: 'assistant' } };
const DELTA: ConverseStreamEvent = { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'hi' } } };
const STOP: ConverseStreamEvent = { contentBlockStop: { contentBlockIndex: 0 } };
const RESET = new UpstreamError('reset', 'connection reset');
const PROXY_ERROR = new BedrockException(
  'InternalServerException',
  'The stream ended because of an error in the proxy.',
);

type Batch = ConverseStreamEvent[];

/** Batches, a failure in place of the last if it is an error, told at once. */
class Batches extends PullSource<Batch> {
  isCancelled = false;

  constructor(private readonly all: (Batch | Error)[]) {
    super();
  }

  pull(to: PullSink<Batch>): void {
    const next = this.all.shift();
    if (next === undefined) to.done();
    else if (next instanceof Error) to.error(next);
    else to.next(next);
  }

  cancel(): void {
    this.isCancelled = true;
  }
}

beforeAll(() => Logger.overrideLogger(false));
afterAll(() => Logger.overrideLogger(['log', 'error', 'warn']));

describe('EventFrames', () => {
  it.each<[name: string, rest: (Batch | Error)[], frames: Buffer[]]>([
    ['a buffer for each batch', [[DELTA, STOP], [STOP]], [encodeEvents([DELTA, STOP]), encodeEvents([STOP])]],
    ['the first alone', [], []],
    [
      'a failed call as the last, an exception',
      [[DELTA], RESET, [STOP]],
      [encodeEvents([DELTA]), encodeException(upstreamErrorToStreamException(RESET))],
    ],
    [
      'an exception as it is',
      [new BedrockException('ThrottlingException', 'slow down')],
      [encodeException(new BedrockException('ThrottlingException', 'slow down'))],
    ],
  ])('are %s', async (_name, rest, frames) => {
    const source = new EventFrames(
      { first: [START], rest: new Batches(rest) },
      CONVERSE_EVENT_FORMAT,
      exchangeRecord(),
    );
    await expect(Array.fromAsync(source)).resolves.toEqual([encodeEvents([START]), ...frames]);
    await expect(source.read()).resolves.toEqual({ value: undefined, done: true });
  });

  it('are one buffer when nothing follows the first batch', async () => {
    const source = new EventFrames({ first: [START, STOP] }, CONVERSE_EVENT_FORMAT, exchangeRecord());
    await expect(Array.fromAsync(source)).resolves.toEqual([encodeEvents([START, STOP])]);
  });

  it('end with an exception, and cancel the events, when one cannot be encoded', async () => {
    const unwritable = { messageStart: { role: 1n } } as unknown as ConverseStreamEvent;
    const rest = new Batches([[unwritable], [STOP]]);
    const frames = await Array.fromAsync(
      new EventFrames({ first: [START], rest }, CONVERSE_EVENT_FORMAT, exchangeRecord()),
    );
    expect(frames).toEqual([encodeEvents([START]), encodeException(PROXY_ERROR)]);
    expect(rest.isCancelled).toBe(true);
  });

  it('cancel the events when they are cancelled', async () => {
    const rest = new Batches([[DELTA]]);
    for await (const bytes of new EventFrames(
      { first: [START], rest },
      CONVERSE_EVENT_FORMAT,
      exchangeRecord(),
    )) {
      if (bytes.length > 0) break;
    }
    expect(rest.isCancelled).toBe(true);
  });

  it('record what is sent', async () => {
    const exchange = exchangeRecord();
    const send = jest.spyOn(exchange, 'recordEvents');
    const rest = new Batches([[DELTA], [STOP]]);
    const frames = await Array.fromAsync(
      new EventFrames({ first: [START], rest }, CONVERSE_EVENT_FORMAT, exchange),
    );
    expect(send.mock.calls).toEqual(
      [[START], [DELTA], [STOP]].map((batch, index) => [batch, frames[index]?.length]),
    );
  });
});
