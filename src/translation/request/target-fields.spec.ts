import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { targetOf } from '../../../test/support/upstream-target.js';
import { addTargetFields } from './target-fields.js';

const MINIMAL: ChatCompletionParams = { model: 'm', messages: [] };

function added(
  given: object,
  target: Partial<UpstreamTarget>,
  dialect: 'generic' | 'openai' = 'generic',
): object {
  const params: ChatCompletionParams = { ...MINIMAL, ...given };
  addTargetFields(params, targetOf(dialect, target));
  return params;
}

describe('addTargetFields', () => {
  const defaults = { maxTokens: 5, temperature: 0.5, topP: 0.9, stopSequences: ['END'] };
  const spoken = { max_tokens: 5, temperature: 0.5, top_p: 0.9, stop: ['END'] };

  it.each<[name: string, given: object, target: Partial<UpstreamTarget>, expected: object]>([
    ['nothing', {}, {}, {}],
    ['defaults', {}, { defaults }, spoken],
    [
      'defaults that the request leaves open',
      { temperature: 0 },
      { defaults },
      { ...spoken, temperature: 0 },
    ],
    [
      'no second limit',
      { max_completion_tokens: 1 },
      { defaults: { maxTokens: 5 } },
      { max_completion_tokens: 1 },
    ],
    ['further members', {}, { extraBody: { top_k: 1, a: null } }, { top_k: 1, a: null }],
    [
      'no member that is set',
      { top_k: 0, b: null },
      { extraBody: { top_k: 1, b: 2 } },
      { top_k: 0, b: null },
    ],
    ['no member over a default', {}, { defaults, extraBody: { temperature: 1 } }, spoken],
    [
      'no second limit as a member',
      { max_tokens: 1 },
      { extraBody: { max_completion_tokens: 2 } },
      { max_tokens: 1 },
    ],
    [
      'members that send or keep data elsewhere',
      {},
      { extraBody: { store: true, callbacks: ['langfuse'], api_base: 'http://vllm', models: ['a'] } },
      { store: true, callbacks: ['langfuse'], api_base: 'http://vllm', models: ['a'] },
    ],
    [
      'no member that the translation decides',
      {},
      { extraBody: { model: 'x', stream: true, Tools: [], n: 2, ['__proto__']: { polluted: true } } },
      {},
    ],
  ])('adds %s', (_, given, target, expected) => {
    expect(added(given, target)).toStrictEqual({ ...MINIMAL, ...expected });
  });

  it('adds no sampling parameters for models with fixed sampling', () => {
    expect(added({}, { defaults, model: 'gpt-5-mini' }, 'openai')).toStrictEqual({
      ...MINIMAL,
      max_completion_tokens: 5,
      stop: ['END'],
    });
  });

  it("uses the dialect's name for the token limit", () => {
    expect(added({}, { defaults: { maxTokens: 5 } }, 'openai')).toStrictEqual({
      ...MINIMAL,
      max_completion_tokens: 5,
    });
  });
});
