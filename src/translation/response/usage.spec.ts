import fc from 'fast-check';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { usageToTokenUsage } from './usage.js';

const counts = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

describe('usage → TokenUsage', () => {
  it.each<[string, ChatCompletionAnswer, object]>([
    ['plain counts', { usage: counts }, { inputTokens: 100, outputTokens: 20, totalTokens: 120 }],
    ['no usage', {}, { inputTokens: 0, outputTokens: 0, totalTokens: 0 }],
    ['usage null', { usage: null }, { inputTokens: 0, outputTokens: 0, totalTokens: 0 }],
    [
      'OpenAI: cached tokens are part of the prompt',
      { usage: { ...counts, prompt_tokens_details: { cached_tokens: 80 } } },
      { inputTokens: 20, outputTokens: 20, totalTokens: 120, cacheReadInputTokens: 80 },
    ],
    [
      'OpenAI: so are tokens written to the cache',
      { usage: { ...counts, prompt_tokens_details: { cached_tokens: 50, cache_write_tokens: 30 } } },
      {
        inputTokens: 20,
        outputTokens: 20,
        totalTokens: 120,
        cacheReadInputTokens: 50,
        cacheWriteInputTokens: 30,
      },
    ],
    [
      'nothing cached is said as well',
      { usage: { ...counts, prompt_tokens_details: { cached_tokens: 0 } } },
      { inputTokens: 100, outputTokens: 20, totalTokens: 120, cacheReadInputTokens: 0 },
    ],
    [
      'DeepSeek',
      { usage: { ...counts, prompt_cache_hit_tokens: 64 } },
      { inputTokens: 36, outputTokens: 20, totalTokens: 120, cacheReadInputTokens: 64 },
    ],
    [
      'LiteLLM before Anthropic',
      { usage: { ...counts, cache_read_input_tokens: 10, cache_creation_input_tokens: 5 } },
      {
        inputTokens: 85,
        outputTokens: 20,
        totalTokens: 120,
        cacheReadInputTokens: 10,
        cacheWriteInputTokens: 5,
      },
    ],
    [
      'Moonshot',
      { usage: { ...counts, cached_tokens: 7 } },
      { inputTokens: 93, outputTokens: 20, totalTokens: 120, cacheReadInputTokens: 7 },
    ],
    [
      'llama.cpp',
      { usage: counts, timings: { cache_n: 99 } },
      { inputTokens: 1, outputTokens: 20, totalTokens: 120, cacheReadInputTokens: 99 },
    ],
    [
      'Groq in a stream',
      { x_groq: { usage: counts } },
      { inputTokens: 100, outputTokens: 20, totalTokens: 120 },
    ],
    [
      'a server that counts the prompt without its cache',
      { usage: { prompt_tokens: 2, completion_tokens: 316, cache_read_input_tokens: 2830 } },
      { inputTokens: 2, outputTokens: 316, totalTokens: 3148, cacheReadInputTokens: 2830 },
    ],
    [
      'a total that counts the cache beside the prompt',
      {
        usage: {
          prompt_tokens: 20_000,
          completion_tokens: 40,
          total_tokens: 33_040,
          prompt_tokens_details: { cached_tokens: 13_000 },
        },
      },
      { inputTokens: 20_000, outputTokens: 40, totalTokens: 33_040, cacheReadInputTokens: 13_000 },
    ],
    [
      'a total that counts the cache within the prompt',
      {
        usage: {
          prompt_tokens: 20_000,
          completion_tokens: 40,
          total_tokens: 20_040,
          prompt_tokens_details: { cached_tokens: 13_000 },
        },
      },
      { inputTokens: 7_000, outputTokens: 40, totalTokens: 20_040, cacheReadInputTokens: 13_000 },
    ],
    [
      'a total that counts both kinds of cache beside the prompt',
      {
        usage: { ...counts, total_tokens: 135, cache_read_input_tokens: 10, cache_creation_input_tokens: 5 },
      },
      {
        inputTokens: 100,
        outputTokens: 20,
        totalTokens: 135,
        cacheReadInputTokens: 10,
        cacheWriteInputTokens: 5,
      },
    ],
    [
      'a total that counts beside the prompt what was written alone',
      {
        usage: { ...counts, total_tokens: 125, cache_read_input_tokens: 10, cache_creation_input_tokens: 5 },
      },
      {
        inputTokens: 90,
        outputTokens: 20,
        totalTokens: 125,
        cacheReadInputTokens: 10,
        cacheWriteInputTokens: 5,
      },
    ],
    [
      'a total that counts cache and reasoning beside the rest',
      {
        usage: {
          ...counts,
          total_tokens: 147,
          prompt_tokens_details: { cached_tokens: 20 },
          completion_tokens_details: { reasoning_tokens: 7 },
        },
      },
      { inputTokens: 100, outputTokens: 27, totalTokens: 147, cacheReadInputTokens: 20 },
    ],
    [
      'a cache, and a total that nothing explains',
      { usage: { ...counts, total_tokens: 999, prompt_tokens_details: { cached_tokens: 80 } } },
      { inputTokens: 20, outputTokens: 20, totalTokens: 120, cacheReadInputTokens: 80 },
    ],
    [
      'reasoning counted within the completion',
      { usage: { ...counts, completion_tokens_details: { reasoning_tokens: 15 } } },
      { inputTokens: 100, outputTokens: 20, totalTokens: 120 },
    ],
    [
      'xAI: reasoning counted beside the completion',
      { usage: { ...counts, total_tokens: 135, completion_tokens_details: { reasoning_tokens: 15 } } },
      { inputTokens: 100, outputTokens: 35, totalTokens: 135 },
    ],
    [
      'a total that nothing explains',
      { usage: { ...counts, total_tokens: 999 } },
      { inputTokens: 100, outputTokens: 20, totalTokens: 120 },
    ],
  ])('%s', (_, answer, usage) => {
    expect(usageToTokenUsage(answer)).toStrictEqual(usage);
  });

  it.each<[string, unknown, object]>([
    ['fractions', { prompt_tokens: 1.9, completion_tokens: 2.1 }, [1, 2]],
    ['text', { prompt_tokens: '12', completion_tokens: '3' }, [12, 3]],
    ['negative numbers', { prompt_tokens: -5, completion_tokens: -1 }, [0, 0]],
    ['other types', { prompt_tokens: [], completion_tokens: {} }, [0, 0]],
    ['more than 32 bits', { prompt_tokens: 1e300, completion_tokens: 0 }, [2_147_483_647, 0]],
    ['a list', [1, 2], [0, 0]],
    ['a text in place of it', 'many', [0, 0]],
  ])('clamps %s', (_, usage, expected) => {
    // an assertion at a boundary: an upstream may send anything
    const { inputTokens, outputTokens } = usageToTokenUsage({ usage: usage as object });
    expect([inputTokens, outputTokens]).toEqual(expected);
  });

  it('uses the total to find out where cached and reasoning tokens are counted', () => {
    const count = fc.integer({ min: 0, max: 1_000_000 });
    const record = fc.record({ input: count, output: count, read: count, write: count, reasoning: count });
    const beside = fc.record({ read: fc.boolean(), write: fc.boolean(), reasoning: fc.boolean() });
    fc.assert(
      fc.property(record, beside, ({ input, output, read, write, reasoning }, apart) => {
        const total = input + read + write + output + reasoning;
        const prompt = input + (apart.read ? 0 : read) + (apart.write ? 0 : write);
        const answer = {
          usage: {
            prompt_tokens: prompt,
            completion_tokens: output + (apart.reasoning ? 0 : reasoning),
            total_tokens: total,
            prompt_tokens_details: { cached_tokens: read, cache_write_tokens: write },
            completion_tokens_details: { reasoning_tokens: reasoning },
          },
        };
        // parts that happen to be as large as others cannot be told apart
        const parts = [read, write, reasoning, read + write, read + reasoning, write + reasoning];
        fc.pre(new Set(parts).size === parts.length && read + write !== reasoning);
        expect(usageToTokenUsage(answer)).toStrictEqual({
          inputTokens: input,
          outputTokens: output + reasoning,
          totalTokens: total,
          cacheReadInputTokens: read,
          cacheWriteInputTokens: write,
        });
      }),
    );
  });

  it('returns counts in the range of Bedrock, whatever the server sends', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (usage) => {
        // an assertion at a boundary: as above
        const values: number[] = Object.values(usageToTokenUsage({ usage: usage as object }));
        expect(values.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
