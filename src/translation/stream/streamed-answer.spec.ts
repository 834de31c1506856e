import fc from 'fast-check';
import { blocksInLegalOrder, type StreamedBlock } from '../../../test/support/legal-order.js';
import { BUFFERED, LIVE, chunk, finish, mapStream, toolCalls } from '../../../test/support/stream-mapping.js';
import { UpstreamError } from '../../openai/upstream.error.js';

type Segment =
  { kind: 'text' | 'reasoning'; text: string } | { kind: 'calls'; inputs: string[]; interleaved: boolean };

/** Any UTF-16 units, also halves of pairs; never only whitespace, which may be dropped beside calls. */
const said = fc
  .string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    maxLength: 20,
  })
  .map((text) => `x${text}`);
const input = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
const segment: fc.Arbitrary<Segment> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: said }),
  fc.record({ kind: fc.constant('reasoning' as const), text: said }),
  fc.record({
    kind: fc.constant('calls' as const),
    inputs: fc.array(
      input.map((value) => JSON.stringify(value)),
      { minLength: 1, maxLength: 3 },
    ),
    interleaved: fc.boolean(),
  }),
);
const target = fc.constantFrom(LIVE, BUFFERED);
/** Where pieces end; repeated from the start when there are too few. */
const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });

function split(text: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; start += sizes[(pieces.length - 1) % sizes.length] ?? 1) {
    const size = sizes[pieces.length % sizes.length] ?? 1;
    pieces.push(text.slice(start, start + size));
  }
  return pieces;
}

function segmentChunks(one: Segment, sizes: readonly number[], firstIndex: number): unknown[] {
  if (one.kind !== 'calls') {
    const member = one.kind === 'text' ? 'content' : 'reasoning';
    return split(one.text, sizes).map((piece) => chunk({ [member]: piece }));
  }
  const calls = one.inputs.map((text, position) => {
    const index = firstIndex + position;
    const [first, ...rest] = split(text, sizes);
    return [
      { index, id: `c${index}`, type: 'function', function: { name: 'f', arguments: first } },
      ...rest.map((piece) => ({ index, function: { arguments: piece } })),
    ];
  });
  const rounds = Math.max(...calls.map((entries) => entries.length));
  const order = one.interleaved
    ? Array.from({ length: rounds }, (_, round) =>
        calls.flatMap((entries) => entries.slice(round, round + 1)),
      )
    : calls.flat().map((entry) => [entry]);
  return order.map((entries) => chunk(toolCalls(...entries)));
}

function chunksOf(segments: readonly Segment[], sizes: readonly number[]): unknown[] {
  let index = 0;
  const chunks = segments.flatMap((one) => {
    const pieces = segmentChunks(one, sizes, index);
    index += one.kind === 'calls' ? one.inputs.length : 0;
    return pieces;
  });
  return [...chunks, finish('stop')];
}

/** The blocks that clients read: neighbours of one kind are one, each call is its own. */
function expectedBlocks(segments: readonly Segment[]): Partial<StreamedBlock>[] {
  const blocks: { kind: StreamedBlock['kind']; text: string }[] = [];
  for (const one of segments) {
    const last = blocks.at(-1);
    if (one.kind === 'calls') blocks.push(...one.inputs.map((text) => ({ kind: 'toolUse' as const, text })));
    else if (last?.kind === one.kind) last.text += one.text;
    else blocks.push({ ...one });
  }
  // surrogate pairs are checked after all pieces are joined
  return blocks.map(({ kind, text }) => ({ kind, text: text.toWellFormed() }));
}

describe('any well-formed stream', () => {
  it('becomes blocks in legal order with the content of the deltas', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { maxLength: 6 }), lengths, target, async (segments, sizes, to) => {
        const { events, error } = await mapStream([chunksOf(segments, sizes)], { target: to });
        expect(error).toBeUndefined();
        const blocks = blocksInLegalOrder(events).map(({ kind, text }) => ({ kind, text }));
        expect(blocks).toEqual(expectedBlocks(segments));
      }),
      { numRuns: 300 },
    );
  });

  it('becomes the same events however its chunks are batched', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { maxLength: 6 }), lengths, async (segments, sizes) => {
        const chunks = chunksOf(segments, sizes);
        const together = await mapStream([chunks]);
        const apart = await mapStream(chunks.map((one) => [one]));
        expect(apart.events).toEqual(together.events);
        expect(apart.batches.every((batch) => batch.length > 0)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

/** JSON that looks like chunks here and there. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('', 'a', ' ', '{}', '{', 'f', 0, 1, null, 'stop', 'tool_calls', 'length', 'error'),
);
const maybe = <Value>(value: fc.Arbitrary<Value>) =>
  fc.option(fc.oneof({ arbitrary: value, weight: 9 }, anything), { nil: undefined });
const word = maybe(fc.constantFrom('', ' ', 'a', '\ud83d'));
const toolCall = fc.record({
  index: maybe(fc.constantFrom(0, 1)),
  id: maybe(fc.constantFrom('a', 'b')),
  function: maybe(
    fc.record({ name: maybe(fc.constant('f')), arguments: maybe(fc.constantFrom('{}', '{', '}')) }),
  ),
  custom: anything,
  extra_content: anything,
});
const delta = fc.record({
  content: fc.oneof(word, fc.array(anything, { maxLength: 3 })),
  reasoning: word,
  reasoning_details: maybe(fc.array(anything, { maxLength: 3 })),
  thinking_blocks: maybe(fc.array(anything, { maxLength: 3 })),
  refusal: word,
  audio: anything,
  function_call: anything,
  tool_calls: maybe(fc.array(fc.oneof(toolCall, anything), { maxLength: 3 })),
});
const choice = fc.record({
  index: fc.constantFrom(0, 0, 0, 0, 1, undefined, null, 'x'),
  delta: maybe(delta),
  message: maybe(delta),
  finish_reason: fc.option(anything, { freq: 2 }),
  stop_reason: anything,
  native_finish_reason: anything,
});
const anyChunk = fc.record({
  choices: maybe(
    fc.array(fc.oneof({ arbitrary: choice, weight: 9 }, anything), { minLength: 1, maxLength: 2 }),
  ),
  usage: anything,
  x_groq: anything,
  timings: anything,
  service_tier: anything,
});

describe('any stream at all', () => {
  it('becomes events in legal order, complete or up to an UpstreamError', async () => {
    const request = { additionalModelResponseFieldPaths: ['/choices', '/usage'] };
    const chunks = fc.array(fc.oneof({ arbitrary: anyChunk, weight: 9 }, anything), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(chunks, fc.boolean(), target, async (some, ends, to) => {
        const { events, error } = await mapStream([ends ? [...some, finish('stop')] : some], {
          target: to,
          request,
        });
        if (error !== undefined) expect(error).toBeInstanceOf(UpstreamError);
        blocksInLegalOrder(events, { failed: error !== undefined });
      }),
      { numRuns: 600 },
    );
  });
});
