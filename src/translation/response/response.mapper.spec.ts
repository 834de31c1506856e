import { targetOf } from '../../../test/support/upstream-target.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseResponse } from '../../bedrock/converse/converse-response.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { ResponseMapper } from './response.mapper.js';

function map(
  answer: ChatCompletionAnswer,
  request: ConverseRequestDto = {},
  latencyMs = 123.4,
): ConverseResponse {
  let count = 0;
  const mapper = new ResponseMapper({
    unsupportedParameters: 'ignore',
    newToolUseId: () => `tooluse_${++count}`,
    digest: () => new Uint8Array(32),
  });
  const target = targetOf('generic', { model: 'm' });
  return mapper.map(answer, request, target, latencyMs);
}

const completion: ChatCompletionAnswer = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' } }],
  usage: { prompt_tokens: 8, completion_tokens: 2, total_tokens: 10 },
};
const response: ConverseResponse = {
  output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 8, outputTokens: 2, totalTokens: 10 },
  metrics: { latencyMs: 123 },
};

describe('completion → ConverseResponse', () => {
  it.each<[string, ChatCompletionAnswer, ConverseRequestDto, object]>([
    ['a plain answer has no more than the four members', completion, {}, {}],
    [
      'a tier that is not the default is said',
      { ...completion, service_tier: 'flex' },
      {},
      { serviceTier: { type: 'flex' } },
    ],
    [
      'what the request asked for is said',
      { ...completion, service_tier: 'default' },
      {
        serviceTier: { type: 'priority' },
        performanceConfig: { latency: 'optimized' },
        additionalModelResponseFieldPaths: ['/model', '/stop_sequence'],
      },
      {
        serviceTier: { type: 'default' },
        performanceConfig: { latency: 'standard' },
        additionalModelResponseFields: { model: 'gpt', stop_sequence: null },
      },
    ],
    [
      'a stop sequence that vLLM matched is said',
      { ...completion, choices: [{ ...completion.choices?.[0], stop_reason: 'END' }] },
      {
        inferenceConfig: { stopSequences: ['END'] },
        additionalModelResponseFieldPaths: ['/delta/stop_sequence'],
      },
      {
        stopReason: 'stop_sequence',
        additionalModelResponseFields: { delta: { stop_sequence: 'END' } },
      },
    ],
    [
      'no usage counts as zero',
      { ...completion, usage: null },
      {},
      { usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 } },
    ],
    ['an error of null is none', { ...completion, error: null }, {}, {}],
    [
      'other choices are passed over',
      {
        ...completion,
        choices: [
          { index: 1, finish_reason: 'length', message: { content: 'Other' } },
          ...(completion.choices ?? []),
        ],
      },
      {},
      {},
    ],
  ])('%s', (_, answer, request, difference) => {
    expect(map(answer, request)).toStrictEqual({ ...response, ...difference });
  });

  it.each([
    [0, 1],
    [0.4, 1],
    [Number.NaN, 1],
    [1_999.5, 2_000],
  ])('a latency of %d is reported as %d ms', (latencyMs, reported) => {
    expect(map(completion, {}, latencyMs).metrics).toEqual({ latencyMs: reported });
  });

  it.each<[string, ChatCompletionAnswer]>([
    ['Azure', { choices: [], prompt_filter_results: [{ prompt_index: 0 }] }],
    ['Azure, without a list', { prompt_filter_results: [{ prompt_index: 0 }] }],
    ['Gemini', { choices: [], promptFeedback: { blockReason: 'SAFETY' } }],
  ])('a prompt that %s filters gets the stop reason content_filtered', (_, answer) => {
    expect(map({ ...answer, usage: { prompt_tokens: 3, completion_tokens: 0 } })).toStrictEqual({
      output: { message: { role: 'assistant', content: [] } },
      stopReason: 'content_filtered',
      usage: { inputTokens: 3, outputTokens: 0, totalTokens: 3 },
      metrics: { latencyMs: 123 },
    });
  });
});

describe('an invalid answer', () => {
  const failed = { index: 0, finish_reason: 'error', message: { role: 'assistant', content: 'He' } };

  it.each<[string, unknown, object]>([
    ['no object', 'Hi', { failure: 'unusable' }],
    ['null', null, { failure: 'unusable' }],
    ['a list', [completion], { failure: 'unusable' }],
    ['no choices', { id: 'x' }, { failure: 'unusable' }],
    ['empty choices', { choices: [] }, { failure: 'unusable' }],
    ['choices that are no list', { choices: { 0: completion.choices?.[0] } }, { failure: 'unusable' }],
    ['choices of rubbish', { choices: [null, 1, 'x', [], {}] }, { failure: 'unusable' }],
    ['filter results of null', { choices: [], prompt_filter_results: null }, { failure: 'unusable' }],
    [
      'an error without choices',
      { error: { message: 'no', code: 503 } },
      { failure: 'status', status: 503, message: 'no' },
    ],
    [
      'an error beside choices',
      { ...completion, error: { message: 'no' } },
      { failure: 'status', status: 500, message: 'no' },
    ],
    [
      'an error in the choice',
      { choices: [{ ...failed, error: { message: 'no', code: 429 } }] },
      { failure: 'status', status: 429 },
    ],
    ['finish error', { choices: [failed] }, { failure: 'status', status: undefined }],
    [
      'finish network_error',
      { choices: [{ ...failed, finish_reason: 'network_error' }] },
      { failure: 'status' },
    ],
    ['finish abort', { choices: [{ ...failed, finish_reason: 'abort' }] }, { failure: 'status' }],
    [
      'DeepSeek without resources',
      { choices: [{ ...failed, finish_reason: 'insufficient_system_resource' }] },
      { failure: 'status' },
    ],
  ])('%s', (_, answer, error) => {
    // an assertion at a boundary: an upstream may send anything
    expect(() => map(answer as ChatCompletionAnswer)).toThrow(
      expect.objectContaining({ name: 'UpstreamError', ...error }),
    );
  });
});
