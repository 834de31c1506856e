import { decodeReasoningEnvelope } from '../reasoning-envelope.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { chunk, finish, mapStream } from '../../../test/support/stream-mapping.js';

const START = { messageStart: { role: 'assistant' } };
const METADATA = {
  metadata: { usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 }, metrics: { latencyMs: 7 } },
};
const text = (index: number, piece: string) => ({
  contentBlockDelta: { contentBlockIndex: index, delta: { text: piece } },
});
const reasoning = (index: number, piece: string) => ({
  contentBlockDelta: { contentBlockIndex: index, delta: { reasoningContent: { text: piece } } },
});
const stop = (index: number) => ({ contentBlockStop: { contentBlockIndex: index } });
const end = (stopReason: string) => [{ messageStop: { stopReason } }, METADATA];
const signed = (index: number) => ({
  contentBlockDelta: {
    contentBlockIndex: index,
    delta: { reasoningContent: { signature: expect.stringMatching(/^brp1\./) } },
  },
});
const HI = [START, text(0, 'Hi'), stop(0)];

describe('StreamMapper', () => {
  it.each<[string, unknown[], unknown[]]>([
    ['text', [chunk({ content: 'Hi' }), finish('stop')], [...HI, ...end('end_turn')]],
    [
      'text in pieces, the last with the finish',
      [
        chunk({ role: 'assistant', content: '' }),
        chunk({ content: 'H' }),
        finish('length', { content: 'i' }),
      ],
      [START, text(0, 'H'), text(0, 'i'), stop(0), ...end('max_tokens')],
    ],
    ['nothing but an end', [finish('stop')], [START, ...end('end_turn')]],
    [
      'a chunk without choices first, as Azure sends it',
      [{ choices: [], prompt_filter_results: [] }, chunk({ content: 'Hi' }), finish('content_filter')],
      [...HI, ...end('content_filtered')],
    ],
    [
      'a chunk without a delta',
      [chunk(undefined), chunk({ content: 'Hi' }), finish('stop')],
      [...HI, ...end('end_turn')],
    ],
    [
      'a whole completion in place of a stream',
      [{ object: 'chat.completion', choices: [{ message: { role: 'assistant', content: 'Hi' } }] }],
      [...HI, ...end('end_turn')],
    ],
    [
      'a message in place of a delta',
      [{ choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }] }],
      [...HI, ...end('end_turn')],
    ],
    [
      'only the first of several choices',
      [
        {
          choices: [
            { index: 1, delta: { content: 'no' }, finish_reason: 'stop' },
            { index: 0, delta: { content: 'Hi' } },
          ],
        },
        finish('length'),
      ],
      [...HI, ...end('max_tokens')],
    ],
    ['a refusal as text', [chunk({ refusal: 'Hi' }), finish('stop')], [...HI, ...end('end_turn')]],
    [
      'the transcript of audio as text',
      [chunk({ audio: { transcript: 'Hi' } }), finish('stop')],
      [...HI, ...end('end_turn')],
    ],
    ['content after the finish', [finish('stop'), chunk({ content: 'Hi' })], [...HI, ...end('end_turn')]],
    [
      'the first of two finishes',
      [chunk({ content: 'Hi' }), finish('length'), finish('stop')],
      [...HI, ...end('max_tokens')],
    ],
    [
      'leading whitespace with what follows',
      [chunk({ content: '\n' }), chunk({ content: 'Hi' }), finish('stop')],
      [START, text(0, '\nHi'), stop(0), ...end('end_turn')],
    ],
    [
      'whitespace alone',
      [chunk({ content: ' ' }), finish('stop')],
      [START, text(0, ' '), stop(0), ...end('end_turn')],
    ],
    [
      'reasoning, then text, then reasoning',
      [chunk({ reasoning: 'a' }), chunk({ content: 'b' }), chunk({ reasoning_content: 'c' }), finish('stop')],
      [
        START,
        reasoning(0, 'a'),
        signed(0),
        stop(0),
        text(1, 'b'),
        stop(1),
        reasoning(2, 'c'),
        signed(2),
        stop(2),
        ...end('end_turn'),
      ],
    ],
    [
      'reasoning and text in one delta, in this order',
      [finish('stop', { content: 'b', reasoning: 'a', reasoning_content: 'a' })],
      [START, reasoning(0, 'a'), signed(0), stop(0), text(1, 'b'), stop(1), ...end('end_turn')],
    ],
    [
      'parts of content in their own order',
      [
        chunk({
          content: [
            { type: 'thinking', thinking: [{ type: 'text', text: 'a' }] },
            { type: 'text', text: 'b' },
          ],
        }),
        finish('stop', { content: [{ type: 'text', text: 'c' }, null, 5] }),
      ],
      [START, reasoning(0, 'a'), signed(0), stop(0), text(1, 'b'), text(1, 'c'), stop(1), ...end('end_turn')],
    ],
  ])('maps %s', async (_, chunks, expected) => {
    expect(await mapStream([chunks])).toStrictEqual({
      batches: expect.any(Array),
      events: expected,
    });
    expect((await mapStream(chunks.map((one) => [one]))).events).toStrictEqual(expected);
  });

  it('returns one array for each batch with events, and begins with the first content', async () => {
    const { batches } = await mapStream([
      [chunk({ role: 'assistant', content: '' }), chunk({})],
      [chunk({ content: 'a' }), chunk({ content: 'b' })],
      [{ choices: [], usage: { prompt_tokens: 1 } }],
      [finish('stop')],
    ]);
    expect(batches.map((batch) => batch.length)).toEqual([3, 3]);
    expect(batches[0]?.[0]).toEqual(START);
  });

  it.each([
    ['a reasoning field', [chunk({ reasoning: 'a' })], { field: 'reasoning' }],
    ['thinking parts', [chunk({ content: [{ type: 'thinking', thinking: 'a' }] })], { field: 'thinking' }],
    [
      'reasoning details in pieces',
      [
        chunk({ reasoning_details: [{ type: 'reasoning.text', text: 'a', index: 0 }] }),
        chunk({ reasoning_details: [{ type: 'reasoning.text', text: 'b', index: 0, signature: 's' }] }),
        chunk({ content: 'Hi', reasoning_details: [{ type: 'reasoning.encrypted', data: 'x', index: 1 }] }),
      ],
      {
        field: 'reasoning_details',
        data: [
          { type: 'reasoning.text', text: 'ab', index: 0, signature: 's' },
          { type: 'reasoning.encrypted', data: 'x', index: 1 },
        ],
      },
    ],
    [
      'the thought signature of a call in the delta that ends the reasoning',
      [
        chunk({ reasoning_content: 'a' }),
        chunk({
          tool_calls: [
            { id: 'c', function: { name: 'f' }, extra_content: { google: { thought_signature: 't' } } },
          ],
        }),
      ],
      { field: 'reasoning_content', data: { c: 't' } },
    ],
  ])('signs a reasoning block with %s', async (_, chunks, envelope) => {
    const { events } = await mapStream([[...chunks, finish('stop')]]);
    const signatures = JSON.stringify(events).match(/"signature":"(brp1[^"]+)"/);
    expect(decodeReasoningEnvelope(signatures?.[1] ?? '')).toEqual({
      upstream: 'local',
      model: 'm',
      ...envelope,
    });
  });

  it.each<[string, unknown[][], string, string | undefined]>([
    ['an empty stream', [], 'unusable', undefined],
    ['chunks that say nothing', [[chunk({ role: 'assistant' })]], 'unusable', undefined],
    ['an end without a finish_reason', [[chunk({ content: 'a' })]], 'unusable', 'messageStart'],
    ['finish_reason error', [[finish('error')]], 'status', undefined],
    [
      'finish_reason abort after content',
      [[chunk({ content: 'a' }), finish('abort')]],
      'status',
      'messageStart',
    ],
    [
      'finish_reason insufficient_system_resource',
      [[finish('insufficient_system_resource')]],
      'status',
      undefined,
    ],
    ['an error in a chunk', [[{ error: { message: 'x', code: 429 } }]], 'status', undefined],
    ['an empty finish_reason', [[finish('', { content: 'a' })]], 'unusable', 'messageStart'],
  ])('fails for %s', async (_, batches, failure, first) => {
    const { error, events } = await mapStream(batches);
    expect(error).toMatchObject({ name: 'UpstreamError', failure });
    expect(Object.keys(events[0] ?? {})[0]).toBe(first);
    expect(JSON.stringify(events)).not.toMatch('messageStop');
  });

  it('returns the events before a failure of the source, and then fails with it', async () => {
    const failure = new UpstreamError('reset', 'gone');
    async function* broken() {
      yield [chunk({ content: 'Hi' })];
      throw failure;
    }
    expect(await mapStream(broken())).toEqual({
      batches: [HI.slice(0, 2)],
      events: HI.slice(0, 2),
      error: failure,
    });
  });

  it.each<[string, unknown[]]>([
    ['the reader leaves', [chunk({ content: 'a' })]],
    ['the model fails', [finish('error')]],
  ])('cancels the source when %s', async (_, batch) => {
    let left = false;
    async function* endless() {
      try {
        for (;;) yield batch;
      } finally {
        left = true;
      }
    }
    await mapStream(endless(), { most: 2 });
    expect(left).toBe(true);
  });
});
