import fc from 'fast-check';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { HeldBytes } from '../../openai/held-bytes.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { PullSource } from '../../streaming/pull-source.js';
import { ChunkEvents } from '../stream/chunk-events.js';
import { ChatChunks, type ChatChunksOptions, type ChatStreamEvent, StreamEnd } from './chat-chunks.js';

const USAGE = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

const index = fc.integer({ min: 0, max: 2 });
const delta = fc.record(
  {
    role: fc.constant('assistant'),
    content: fc.constantFrom('', 'a', 'bc', null),
    reasoning: fc.constantFrom('', 'r'),
    tool_calls: fc.constant([{ index: 0, function: { arguments: '{}' } }]),
  },
  { requiredKeys: [] },
);
const choice = fc.record({
  index,
  delta,
  finish_reason: fc.constantFrom(null, null, null, '', 'stop', 'tool_calls'),
});
const choicesOfOneChunk = fc.uniqueArray(choice, { maxLength: 2, selector: (each) => each.index });
const chunk = fc.oneof(
  { weight: 6, arbitrary: fc.record({ id: fc.constant('1'), choices: choicesOfOneChunk }) },
  { weight: 1, arbitrary: fc.constant({ choices: [], usage: USAGE }) },
  { weight: 1, arbitrary: fc.constant({ choices: [], extra: true }) },
) as fc.Arbitrary<ChatCompletionAnswer>;
const chunks = fc.array(chunk, { maxLength: 12 });
const usage = fc.constantFrom<ChatChunksOptions['usage']>('own-chunk', 'none', 'last-chunk');

interface Heard {
  readonly events: ChatStreamEvent[];
  readonly error?: unknown;
}

async function hear(
  batches: readonly (readonly ChatCompletionAnswer[])[],
  options: Pick<ChatChunksOptions, 'usage'>,
): Promise<Heard> {
  const reader = new ChatChunks({ ...options, modelId: 'm', lastMembers: () => ({ last: true }) });
  const source = PullSource.from(
    (async function* () {
      yield* batches;
    })(),
  );
  const events: ChatStreamEvent[] = [];
  try {
    for await (const batch of new ChunkEvents(source, reader, () => 1, new HeldBytes(undefined))) {
      events.push(...batch);
    }
  } catch (error) {
    return { events, error };
  }
  return { events };
}

/** Text by choice: what a client puts together. */
function textsOf(events: readonly ChatStreamEvent[]): Record<number, string> {
  const texts: Record<number, string> = {};
  for (const event of events) {
    if (event instanceof StreamEnd) continue;
    for (const { index: of, delta } of event.choices ?? []) {
      const { content, reasoning } = delta ?? {};
      texts[of ?? 0] = `${texts[of ?? 0] ?? ''}${reasoning ?? ''}${String(content ?? '')}`;
    }
  }
  return texts;
}

describe('any stream of chunks', () => {
  it('gives the same events however it is split', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, fc.array(fc.integer({ min: 1, max: 4 })), usage, async (all, sizes, told) => {
        const batches: ChatCompletionAnswer[][] = [];
        const rest = [...all];
        for (const size of sizes) batches.push(rest.splice(0, size));
        batches.push(rest);
        const whole = await hear([all], { usage: told });
        const inPieces = await hear(batches, { usage: told });
        expect(inPieces.events).toEqual(whole.events);
        expect(String(inPieces.error)).toBe(String(whole.error));
      }),
      { numRuns: 500 },
    );
  });

  it('is whole only if every choice that has begun has finished, and then nothing of it is lost', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, usage, async (all, told) => {
        const { events, error } = await hear([all], { usage: told });
        const begun = new Set<number>();
        const finished = new Set<number>();
        for (const { index: of, finish_reason: reason } of all.flatMap(({ choices }) => choices ?? [])) {
          begun.add(of ?? 0);
          if (reason) finished.add(of ?? 0);
        }
        expect(error === undefined).toBe(finished.size > 0 && finished.size === begun.size);
        if (error !== undefined) {
          expect(error).toBeInstanceOf(UpstreamError);
          expect(events.some((event) => event instanceof StreamEnd)).toBe(false);
          return;
        }
        expect(events.at(-1)).toBeInstanceOf(StreamEnd);
        expect(textsOf(events)).toEqual(textsOf(all));
      }),
      { numRuns: 500 },
    );
  });

  it('has no chunk without choices but the one of usage, and the last members in the last chunk alone', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, usage, async (all, told) => {
        const { events, error } = await hear([all], { usage: told });
        const sent = events.flatMap((event) => (event instanceof StreamEnd ? [] : [event]));
        const bare = sent.filter(({ choices }) => choices?.length === 0);
        const hasUsage = all.some((each) => each.usage != null);
        expect(bare).toHaveLength(told === 'own-chunk' && error === undefined && hasUsage ? 1 : 0);
        if (bare.length > 0) expect(sent.at(-1)).toBe(bare[0]);
        const marked = sent.filter((each) => each['last'] === true);
        expect(marked).toEqual(told === 'last-chunk' && error === undefined ? [sent.at(-1)] : []);
        expect(sent.every(({ model }) => model === 'm')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('fails with an UpstreamError at worst, whatever its chunks are', async () => {
    const anything = fc.oneof(
      fc.dictionary(fc.constantFrom('choices', 'usage', 'error', 'x_groq', 'timings', 'id'), fc.jsonValue()),
      fc.record({
        choices: fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.dictionary(
              fc.constantFrom('index', 'delta', 'message', 'finish_reason', 'error'),
              fc.jsonValue(),
            ),
          ),
        ),
      }),
    ) as fc.Arbitrary<ChatCompletionAnswer>;
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { maxLength: 5 }), usage, async (all, told) => {
        const { events, error } = await hear([all], { usage: told });
        if (error !== undefined) expect(error).toBeInstanceOf(UpstreamError);
        JSON.stringify(events);
      }),
      { numRuns: 1_000 },
    );
  });
});
