import type { DialectName } from '../../config/dialect-names.js';
import { DIALECTS } from '../../openai/dialects.js';
import { type ConverseRequest, mapRequest } from '../../../test/support/map-request.js';

const MEMBER = 'additionalModelRequestFields';

/** The effort that is sent, and the ignored members. */
function effortOf(
  fields: object | undefined,
  request: ConverseRequest = {},
  dialect: DialectName = 'generic',
): unknown[] {
  const { params, ignored } = mapRequest({ ...request, [MEMBER]: fields }, dialect);
  return [params.reasoning_effort, ...ignored];
}

const budget = (budget_tokens: number) => ({ thinking: { type: 'enabled', budget_tokens } });

describe('a budget of thinking tokens', () => {
  it.each([
    [1_024, 'low'],
    [2_047, 'low'],
    [2_048, 'medium'],
    [8_191, 'medium'],
    [8_192, 'high'],
    [32_767, 'high'],
    [32_768, 'xhigh'],
  ])('%d alone means %s', (tokens, effort) => {
    expect(effortOf(budget(tokens))).toEqual([effort]);
  });

  it.each([
    [200, 'low'],
    [201, 'medium'],
    [450, 'medium'],
    [451, 'high'],
    [750, 'high'],
    [751, 'xhigh'],
    [5_000, 'xhigh'],
  ])('%d of 1000 tokens means %s', (tokens, effort) => {
    expect(effortOf(budget(tokens), { inferenceConfig: { maxTokens: 1_000 } })).toEqual([effort]);
    expect(effortOf({ ...budget(tokens), max_tokens: 1_000 }, {}, 'openai')).toEqual([effort]);
  });

  it('does not change the token limit', () => {
    const request = { inferenceConfig: { maxTokens: 1_000 }, [MEMBER]: budget(2_000) };
    expect(mapRequest(request).params).toMatchObject({ max_tokens: 1_000 });
  });
});

describe('fields that set the effort', () => {
  it.each<[object, string | undefined]>([
    [{ thinking: { type: 'disabled' } }, 'none'],
    [{ thinking: { type: 'adaptive' } }, undefined],
    [{ thinking: { type: 'enabled' } }, undefined],
    [{ thinking: { type: 'adaptive' }, output_config: { effort: 'max' } }, 'max'],
    [{ output_config: { effort: 'low' } }, 'low'],
    [{ output_config: { effort: 7 } }, undefined],
    [{ reasoning_config: { type: 'enabled', budget_tokens: 1_024 } }, 'low'],
    [{ reasoning_config: 'high' }, 'high'],
    [{ reasoningConfig: { type: 'enabled', maxReasoningEffort: 'medium' } }, 'medium'],
    [{ reasoningConfig: { type: 'disabled' } }, 'none'],
  ])('%j', (fields, effort) => {
    expect(effortOf(fields)).toEqual([effort]);
  });

  it.each<[string, unknown]>([
    ['thinking', { type: 'sometimes' }],
    ['thinking', 7],
    ['reasoning_config', []],
    ['reasoningConfig', {}],
    ['output_config', 'high'],
  ])('are ignored if invalid: %s %j', (name, value) => {
    expect(effortOf({ [name]: value })).toEqual([undefined, `${MEMBER}.${name}`]);
  });

  it('outputConfig.effort', () => {
    expect(effortOf(undefined, { outputConfig: { effort: 'xhigh' } })).toEqual(['xhigh']);
    expect(effortOf(undefined, { outputConfig: { effort: '' } })).toEqual([undefined]);
  });

  it.each<[string, object, ConverseRequest, string]>([
    [
      'reasoning_effort before outputConfig.effort',
      { reasoning_effort: 'low' },
      { outputConfig: { effort: 'high' } },
      'low',
    ],
    [
      'outputConfig.effort before output_config.effort',
      { output_config: { effort: 'low' } },
      { outputConfig: { effort: 'high' } },
      'high',
    ],
    [
      'output_config.effort before thinking',
      { output_config: { effort: 'low' }, ...budget(50_000) },
      {},
      'low',
    ],
    [
      'thinking before reasoningConfig',
      { reasoningConfig: { maxReasoningEffort: 'low' }, ...budget(50_000) },
      {},
      'xhigh',
    ],
  ])('%s', (_, fields, request, effort) => {
    expect(effortOf(fields, request)).toEqual([effort]);
  });

  it('thinking is sent unchanged if the dialect supports it', () => {
    expect(effortOf(budget(1_024), {}, 'deepseek')).toEqual([undefined]);
    expect(effortOf({ reasoning_config: 'high' }, {}, 'deepseek')).toEqual(['high']);
    expect(effortOf({ reasoningConfig: { maxReasoningEffort: 'low' } }, {}, 'deepseek')).toEqual(['low']);
  });
});

describe('thinking through LiteLLM', () => {
  const thinking = { type: 'enabled', budget_tokens: 1_024 };
  const sentTo = (model: string) => {
    const { params } = mapRequest({ [MEMBER]: { thinking } }, 'litellm', 'reject', model);
    return { thinking: params.thinking, reasoning_effort: params.reasoning_effort };
  };

  it.each([
    'claude-sonnet-4-5',
    'Claude-3-haiku',
    'anthropic/claude-opus-4',
    'bedrock/anthropic.claude-3-5-sonnet-20240620-v1:0',
    'bedrock/converse/us.anthropic.claude-sonnet-4-v1:0',
    'vertex_ai/claude-sonnet-4@20250514',
    'openrouter/anthropic/claude-sonnet-4',
    'team-claude',
  ])('is sent unchanged for a model of Anthropic: %s', (model) => {
    expect(sentTo(model)).toEqual({ thinking, reasoning_effort: undefined });
  });

  it.each([
    'gpt-5',
    'gemini/gemini-2.5-pro',
    'bedrock/us.amazon.nova-lite-v1:0',
    'claudette-7b',
    'x/anthropics',
  ])('becomes an effort for other models: %s', (model) => {
    expect(sentTo(model)).toEqual({ thinking: undefined, reasoning_effort: 'low' });
  });
});

describe('efforts that the dialect does not support', () => {
  it.each([
    ['max', ['max']],
    ['ludicrous', [undefined, 'outputConfig.effort']],
  ])('Ollama: %s', (effort, expected) => {
    expect(effortOf(undefined, { outputConfig: { effort } }, 'ollama')).toEqual(expected);
  });

  it.each([
    ['max', 'high'],
    ['xhigh', 'high'],
    ['high', 'high'],
    ['minimal', undefined],
    ['none', undefined],
  ])('%s becomes the next lower effort', (effort, expected) => {
    const dialect = { ...DIALECTS.generic, efforts: ['low', 'high'] };
    const { params } = mapRequest({ outputConfig: { effort } }, dialect);
    expect(params.reasoning_effort).toBe(expected);
  });
});
