import { createHash } from 'node:crypto';
import { targetOf } from '../../../test/support/upstream-target.js';
import { HELLO, type ConverseRequest } from '../../../test/support/map-request.js';
import { ChatRequestMapper } from '../chat-completions/chat-request.mapper.js';
import type { TranslationOptions } from '../translation.options.js';
import { RequestMapper } from './request.mapper.js';

const LIMIT = 8_192;
const OPTIONS: TranslationOptions = {
  unsupportedParameters: 'reject',
  newToolUseId: () => 'id',
  digest: (text) => createHash('sha256').update(text).digest(),
};

type Dialect = 'generic' | 'openai' | 'litellm';

function mapped(request: ConverseRequest, dialect: Dialect = 'generic', maxOutputTokens?: number): object {
  const target = targetOf(dialect, {
    model: 'claude-haiku',
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
  });
  const { params, ignored } = new RequestMapper(OPTIONS).map({ messages: [HELLO], ...request }, target);
  const { model: _model, messages: _messages, ...others } = params;
  return { ...others, ignored };
}

const fields = (additionalModelRequestFields: object): ConverseRequest => ({ additionalModelRequestFields });
const maxTokens = (count: number): ConverseRequest => ({ inferenceConfig: { maxTokens: count } });
const thinking = (budget_tokens: number) => ({ thinking: { type: 'enabled', budget_tokens } });

describe('the most tokens of a target', () => {
  it.each<[name: string, ConverseRequest, Dialect, params: object, ignored: string[]]>([
    ['lowers maxTokens', maxTokens(64_000), 'generic', { max_tokens: LIMIT }, ['inferenceConfig.maxTokens']],
    [
      'lowers it under its other name',
      maxTokens(LIMIT + 1),
      'openai',
      { max_completion_tokens: LIMIT },
      ['inferenceConfig.maxTokens'],
    ],
    ...['max_tokens', 'max_gen_len', 'maxTokenCount', 'maxTokens'].map(
      (name): [string, ConverseRequest, Dialect, object, string[]] => [
        `lowers the additional field ${name}`,
        fields({ [name]: 64_000 }),
        'generic',
        { max_tokens: LIMIT },
        [`additionalModelRequestFields.${name}`],
      ],
    ),
    [
      'lowers the additional field max_completion_tokens',
      fields({ max_completion_tokens: 64_000 }),
      'generic',
      { max_completion_tokens: LIMIT },
      ['additionalModelRequestFields.max_completion_tokens'],
    ],
    [
      'lowers it among the members of Nova',
      fields({ inferenceConfig: { maxTokens: 64_000 } }),
      'generic',
      { max_tokens: LIMIT },
      ['additionalModelRequestFields.inferenceConfig.maxTokens'],
    ],
    ['leaves an equal limit', maxTokens(LIMIT), 'generic', { max_tokens: LIMIT }, []],
    ['leaves a lower one', maxTokens(1), 'generic', { max_tokens: 1 }, []],
    ['sets none by itself', {}, 'generic', {}, []],
    [
      'leaves what is no number to the server',
      fields({ max_tokens: 'many' }),
      'generic',
      { max_tokens: 'many' },
      [],
    ],
    [
      'compares a thinking budget with what was asked for',
      { ...maxTokens(64_000), ...fields(thinking(8_000)) },
      'openai',
      { max_completion_tokens: LIMIT, reasoning_effort: 'low' },
      ['inferenceConfig.maxTokens'],
    ],
    [
      'lowers a thinking budget in proportion',
      { ...maxTokens(32_000), ...fields(thinking(31_999)) },
      'litellm',
      { max_tokens: LIMIT, ...thinking(8_191) },
      ['inferenceConfig.maxTokens', 'additionalModelRequestFields.thinking.budget_tokens'],
    ],
    [
      'keeps the smallest thinking budget',
      { ...maxTokens(64_000), ...fields(thinking(2_000)) },
      'litellm',
      { max_tokens: LIMIT, ...thinking(1_024) },
      ['inferenceConfig.maxTokens', 'additionalModelRequestFields.thinking.budget_tokens'],
    ],
    [
      "lowers the budget of OpenRouter's reasoning",
      { ...maxTokens(32_000), ...fields({ reasoning: { max_tokens: 16_000, exclude: true } }) },
      'generic',
      { max_tokens: LIMIT, reasoning: { max_tokens: 4_096, exclude: true } },
      ['inferenceConfig.maxTokens', 'additionalModelRequestFields.reasoning.max_tokens'],
    ],
    [
      'leaves an effort of reasoning',
      { ...maxTokens(32_000), ...fields({ reasoning: { effort: 'high' } }) },
      'generic',
      { max_tokens: LIMIT, reasoning: { effort: 'high' } },
      ['inferenceConfig.maxTokens'],
    ],
    [
      'leaves a thinking budget beside a limit that is low enough',
      { ...maxTokens(8_000), ...fields(thinking(4_000)) },
      'litellm',
      { max_tokens: 8_000, ...thinking(4_000) },
      [],
    ],
  ])('%s', (...[, request, dialect, params, ignored]) => {
    expect(mapped(request, dialect, LIMIT)).toEqual({ ...params, ignored });
  });

  it('is unknown where the table does not say it', () => {
    const request = { ...maxTokens(1_000_000), ...fields(thinking(999_999)) };
    const expected = { max_tokens: 1_000_000, ...thinking(999_999), ignored: [] };
    expect(mapped(request, 'litellm')).toEqual(expected);
  });

  it.each([
    ['max_tokens', 9_000, LIMIT, ['max_tokens']],
    ['max_completion_tokens', 9_000, LIMIT, ['max_completion_tokens']],
    ['max_tokens', 5, 5, []],
  ] as const)('holds in a chat body: %s %d', (name, asked, sent, ignored) => {
    const mapper = new ChatRequestMapper(OPTIONS);
    const messages = [{ role: 'user', content: 'Hello' }];
    const { params, ...report } = mapper.map(
      { messages, [name]: asked },
      targetOf('generic', { maxOutputTokens: LIMIT }),
    );
    expect([params, report.ignored]).toEqual([{ model: 'a-model', messages, max_tokens: sent }, ignored]);
  });

  it.each<[name: string, asked: object, sent: object, ignored: string[]]>([
    [
      'lowers a thinking budget in proportion',
      { max_tokens: 32_000, thinking: { type: 'enabled', budget_tokens: 31_999 } },
      { max_tokens: LIMIT, thinking: { type: 'enabled', budget_tokens: 8_191 } },
      ['max_tokens', 'thinking.budget_tokens'],
    ],
    [
      "lowers the budget of OpenRouter's reasoning",
      { max_completion_tokens: 32_000, reasoning: { max_tokens: 16_000 } },
      { max_tokens: LIMIT, reasoning: { max_tokens: 4_096 } },
      ['max_completion_tokens', 'reasoning.max_tokens'],
    ],
    [
      'keeps the smallest budget',
      { max_tokens: 64_000, reasoning: { max_tokens: 2_000 } },
      { max_tokens: LIMIT, reasoning: { max_tokens: 1_024 } },
      ['max_tokens', 'reasoning.max_tokens'],
    ],
    [
      'leaves a budget beside a limit that is low enough',
      { max_tokens: 8_000, thinking: { budget_tokens: 7_000 } },
      { max_tokens: 8_000, thinking: { budget_tokens: 7_000 } },
      [],
    ],
    [
      'leaves a budget without a limit',
      { reasoning: { max_tokens: 50_000 } },
      { reasoning: { max_tokens: 50_000 } },
      [],
    ],
    [
      'leaves what is no budget to the server',
      { max_tokens: 9_000, thinking: { budget_tokens: '9' }, reasoning: null, reasoning_effort: 'low' },
      { max_tokens: LIMIT, thinking: { budget_tokens: '9' }, reasoning_effort: 'low' },
      ['max_tokens'],
    ],
  ])('%s in a chat body', (_name, asked, sent, ignored) => {
    const messages = [{ role: 'user', content: 'Hello' }];
    const target = targetOf('generic', { maxOutputTokens: LIMIT });
    const { params, ...report } = new ChatRequestMapper(OPTIONS).map({ messages, ...asked }, target);
    expect([params, report.ignored]).toEqual([{ model: 'a-model', messages, ...sent }, ignored]);
  });
});
