import { EventStreamCodec } from '@smithy/core/event-streams';
import fc from 'fast-check';
import { BedrockException, type BedrockExceptionName } from '../bedrock.exception.js';
import type { ConverseStreamEvent } from '../converse/converse-stream-event.js';
import { encodeEvents, encodeException, unknownEventFrame } from './frame.js';

const MESSAGE_START =
  '000000760000005296d5fade0b3a6576656e742d7479706507000c6d65737361676553746172740d3a636f6e74656e742d747970' +
  '650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22726f6c65223a2261' +
  '7373697374616e74227d6fa8c599';
const THROTTLING =
  '0000008000000061ee713e350f3a657863657074696f6e2d747970650700137468726f74746c696e67457863657074696f6e0d3a' +
  '636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d7479706507000965786365' +
  '7074696f6e7b226d657373616765223a2278227dba01546f';

const decoder = new TextDecoder('utf-8', { fatal: true });
const codec = new EventStreamCodec(
  (bytes) => decoder.decode(Uint8Array.from(bytes as Uint8Array)),
  (text) => new TextEncoder().encode(text),
);

interface Decoded {
  headers: [string, unknown][];
  payload: unknown;
}

/** Frames as the official codec reads them, both checksums included. */
function decodeFrames(bytes: Buffer): Decoded[] {
  const frames: Decoded[] = [];
  for (let offset = 0; offset < bytes.length; offset += bytes.readUInt32BE(offset)) {
    const frame = bytes.subarray(offset, offset + bytes.readUInt32BE(offset));
    const { headers, body } = codec.decode(Uint8Array.from(frame));
    const payload: unknown = JSON.parse(decoder.decode(body));
    frames.push({ headers: Object.entries(headers).map(([name, { value }]) => [name, value]), payload });
  }
  return frames;
}

function decodedEvent(event: ConverseStreamEvent): Decoded {
  const [[type, payload] = ['', undefined]] = Object.entries(event);
  return {
    headers: [
      [':event-type', type],
      [':content-type', 'application/json'],
      [':message-type', 'event'],
    ],
    payload,
  };
}

/** Any UTF-16 units, also halves of pairs. */
const text = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    fc.constantFrom('a', '"', '\\', '\n', 'é', '日', '😀'),
  ),
  maxLength: 400,
});
const index = fc.nat({ max: 1_000 });
const event: fc.Arbitrary<ConverseStreamEvent> = fc.oneof(
  fc.constant<ConverseStreamEvent>({ messageStart: { role: 'assistant' } }),
  fc.tuple(index, text).map(([contentBlockIndex, piece]): ConverseStreamEvent => {
    return { contentBlockDelta: { contentBlockIndex, delta: { text: piece } } };
  }),
  fc.tuple(index, text).map(([contentBlockIndex, input]): ConverseStreamEvent => {
    return { contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input } } } };
  }),
  fc.tuple(index, text).map(([contentBlockIndex, piece]): ConverseStreamEvent => {
    return { contentBlockDelta: { contentBlockIndex, delta: { reasoningContent: { text: piece } } } };
  }),
  fc.tuple(index, text).map(([contentBlockIndex, signature]): ConverseStreamEvent => {
    return { contentBlockDelta: { contentBlockIndex, delta: { reasoningContent: { signature } } } };
  }),
  fc.tuple(index, text, text).map(([contentBlockIndex, toolUseId, name]): ConverseStreamEvent => {
    return { contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId, name } } } };
  }),
  index.map((contentBlockIndex): ConverseStreamEvent => ({ contentBlockStop: { contentBlockIndex } })),
  fc.dictionary(text, text, { maxKeys: 3 }).map((additionalModelResponseFields): ConverseStreamEvent => {
    const fields = JSON.parse(JSON.stringify(additionalModelResponseFields)) as Record<string, unknown>;
    return { messageStop: { stopReason: 'end_turn', additionalModelResponseFields: fields } };
  }),
  index.map((inputTokens): ConverseStreamEvent => {
    const usage = { inputTokens, outputTokens: 0, totalTokens: inputTokens };
    return { metadata: { usage, metrics: { latencyMs: 1 } } };
  }),
);

describe('encodeEvents, one event', () => {
  it('gives the bytes that the official encoder gives', () => {
    expect(encodeEvents([{ messageStart: { role: 'assistant' } }]).toString('hex')).toBe(MESSAGE_START);
  });

  it('can be decoded by the official codec for any text', () => {
    fc.assert(
      fc.property(event, (one) => {
        expect(decodeFrames(encodeEvents([one]))).toEqual([decodedEvent(one)]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([0, 63, 64, 65, 127, 128, 129, 1_024, 65_536, 300_000])(
    'can be decoded by the official codec with %d characters',
    (length) => {
      const delta = { text: 'x'.repeat(length) };
      const one: ConverseStreamEvent = { contentBlockDelta: { contentBlockIndex: 0, delta } };
      expect(decodeFrames(encodeEvents([one]))).toEqual([decodedEvent(one)]);
      // the second time from the cache that the first has filled
      expect(encodeEvents([one])).toEqual(encodeEvents([one]));
    },
  );
});

describe('encodeEvents, many events', () => {
  it('gives the frames of all events in one Buffer', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 5 }), (events) => {
        expect(encodeEvents(events)).toEqual(Buffer.concat(events.map((one) => encodeEvents([one]))));
      }),
      { numRuns: 200 },
    );
  });
});

describe('encodeException', () => {
  it('gives the bytes that the official encoder gives', () => {
    const exception = new BedrockException('ThrottlingException', 'x');
    expect(encodeException(exception).toString('hex')).toBe(THROTTLING);
  });

  it.each<[BedrockExceptionName, string]>([
    ['InternalServerException', 'internalServerException'],
    ['ModelStreamErrorException', 'modelStreamErrorException'],
    ['ServiceUnavailableException', 'serviceUnavailableException'],
    ['ThrottlingException', 'throttlingException'],
    ['ValidationException', 'validationException'],
    ['ModelTimeoutException', 'internalServerException'],
    ['AccessDeniedException', 'internalServerException'],
  ])('sends %s as %s', (name, type) => {
    const fields = { originalStatusCode: 500, originalMessage: 'é😀' };
    expect(decodeFrames(encodeException(new BedrockException(name, 'broken', { fields })))).toEqual([
      {
        headers: [
          [':exception-type', type],
          [':content-type', 'application/json'],
          [':message-type', 'exception'],
        ],
        payload: { message: 'broken', ...fields },
      },
    ]);
  });
});

describe('unknownEventFrame', () => {
  it('has an event type that Bedrock does not define', () => {
    const [frame] = decodeFrames(unknownEventFrame);
    expect(frame?.headers[0]).toEqual([':event-type', 'keepAlive']);
    expect(frame?.payload).toEqual({});
  });
});
