import { LIVE, chunk, finish, mapStream } from '../../../test/support/stream-mapping.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';

const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const TOKENS = { inputTokens: 3, outputTokens: 2, totalTokens: 5 };
const hi = (rest: Record<string, unknown> = {}) => ({ ...(chunk({ content: 'Hi' }) as object), ...rest });
const end = (rest: Record<string, unknown> = {}) => ({ ...(finish('stop') as object), ...rest });

async function lastTwo(chunks: unknown[], request: Partial<ConverseRequestDto> = {}): Promise<unknown[]> {
  const { events, error } = await mapStream([chunks], { request, target: LIVE });
  expect(error).toBeUndefined();
  return events.slice(-2);
}

describe('metadata', () => {
  it.each<[string, unknown[], unknown]>([
    ['on a chunk of its own', [hi(), end(), { choices: [], usage: USAGE }], TOKENS],
    ['on the finish', [hi(), end({ usage: USAGE })], TOKENS],
    [
      'on every chunk',
      [hi({ usage: { prompt_tokens: 3, completion_tokens: 1 } }), end({ usage: USAGE })],
      TOKENS,
    ],
    ['before the finish', [hi({ usage: USAGE }), end({ usage: null })], TOKENS],
    ['from Groq', [hi(), end({ x_groq: { usage: USAGE } }), { choices: [], x_groq: { id: 'x' } }], TOKENS],
    [
      'with a cache beside it',
      [hi(), end({ timings: { cache_n: 1 } }), { choices: [], usage: USAGE }],
      { inputTokens: 2, outputTokens: 2, totalTokens: 5, cacheReadInputTokens: 1 },
    ],
    ['never', [hi(), end()], { inputTokens: 0, outputTokens: 0, totalTokens: 0 }],
  ])('contains usage that arrives %s', async (_, chunks, usage) => {
    const [, metadata] = await lastTwo(chunks);
    expect(metadata).toEqual({ metadata: { usage, metrics: { latencyMs: 7 } } });
  });

  it('contains the service tier and the latency if the request has them', async () => {
    const request: Partial<ConverseRequestDto> = {
      serviceTier: { type: 'flex' },
      performanceConfig: { latency: 'optimized' },
    };
    const [, metadata] = await lastTwo([hi({ service_tier: 'flex' }), end()], request);
    expect(metadata).toMatchObject({
      metadata: { serviceTier: { type: 'flex' }, performanceConfig: { latency: 'standard' } },
    });
  });
});

describe('messageStop', () => {
  it.each([
    ['stop_reason', 'END', 'stop_sequence'],
    ['matched_stop', 'END', 'stop_sequence'],
    ['stop_reason', 128_009, 'end_turn'],
    ['stop_reason', 'OTHER', 'end_turn'],
  ])('reads %s %p as %s', async (member, value, stopReason) => {
    const request = { inferenceConfig: { stopSequences: ['END'] } };
    const [messageStop] = await lastTwo([hi(), finish('stop'), chunk({}, { [member]: value })], request);
    expect(messageStop).toEqual({ messageStop: { stopReason } });
  });

  it('contains the fields that response paths find in the complete answer', async () => {
    const request = {
      inferenceConfig: { stopSequences: ['END'] },
      additionalModelResponseFieldPaths: [
        '/id',
        '/delta/stop_sequence',
        '/usage/total_tokens',
        '/choices/0/message',
        '/choices/0/finish_reason',
        '/nothing',
      ],
    };
    const call = (entry: object) => chunk({ tool_calls: [entry] });
    const [messageStop] = await lastTwo(
      [
        { id: 'x', ...hi() },
        chunk({ role: 'assistant', content: '!' }),
        call({ index: 0, id: 'c', function: { name: 'f', arguments: '{"a"' } }),
        call({ index: 0, function: { arguments: ':1}' } }),
        chunk({}, { finish_reason: 'stop', stop_reason: 'END' }),
        { choices: [], usage: USAGE },
      ],
      request,
    );
    expect(messageStop).toEqual({
      messageStop: {
        stopReason: 'tool_use',
        additionalModelResponseFields: {
          id: 'x',
          delta: { stop_sequence: 'END' },
          usage: { total_tokens: 5 },
          choices: [
            {
              finish_reason: 'stop',
              message: {
                role: 'assistant',
                content: 'Hi!',
                tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '{"a":1}' } }],
              },
            },
          ],
        },
      },
    });
  });

  it('contains no response fields when the paths find nothing', async () => {
    const [messageStop] = await lastTwo([hi(), end()], { additionalModelResponseFieldPaths: ['/nothing'] });
    expect(messageStop).toEqual({ messageStop: { stopReason: 'end_turn' } });
  });
});
