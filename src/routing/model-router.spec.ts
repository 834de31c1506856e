import { modelIdOf } from '../../test/support/model-id.js';
import { upstreamOf } from '../../test/support/upstream-target.js';
import { configurationOf } from '../../test/support/gateway.js';
import type { Configuration, ModelRule } from '../config/configuration.js';
import { DIALECTS } from '../openai/dialects.js';
import { namedModels, resolveRoute } from './model-router.js';

const local = upstreamOf({ name: 'local', dialect: 'vllm' });
const remote = upstreamOf({ name: 'remote', dialect: 'openai' });

const rule = (match: string, changes: Partial<ModelRule> = {}): ModelRule => ({
  match,
  route: [{ upstream: local }],
  defaults: {},
  extraBody: {},
  ...changes,
});

const withRules = (...models: ModelRule[]): Configuration => ({ ...configurationOf(local, remote), models });

describe('resolveRoute', () => {
  it('returns the targets of the first rule that matches, in order', () => {
    const defaults = { maxTokens: 5 };
    const extraBody = { top_k: 1 };
    const haiku = rule('*haiku*', {
      route: [{ upstream: remote, model: 'gpt' }, { upstream: local }],
      defaults,
      extraBody,
    });
    const configuration = withRules(rule('gpt-*'), haiku, rule('*'));
    expect(resolveRoute(modelIdOf('claude-haiku'), configuration)).toEqual({
      modelId: modelIdOf('claude-haiku'),
      rule: haiku,
      targets: [
        { upstream: remote, model: 'gpt', dialect: DIALECTS.openai, defaults, extraBody },
        { upstream: local, model: 'claude-haiku', dialect: DIALECTS.vllm, defaults, extraBody },
      ],
    });
  });

  it('keeps the objects of the configuration: their identity matters', () => {
    const target = resolveRoute(modelIdOf('any'), withRules(rule('*')))?.targets[0];
    expect(target?.upstream).toBe(local);
    expect(target?.dialect).toBe(DIALECTS.vllm);
  });

  it('returns no route for an id that matches no rule', () => {
    expect(resolveRoute(modelIdOf('nova'), withRules(rule('gpt-*')))).toBeUndefined();
    expect(resolveRoute(modelIdOf('nova'), withRules())).toBeUndefined();
  });
});

describe('namedModels', () => {
  const configuration = withRules(
    rule('gpt-*'),
    rule('*claude*'),
    rule('gpt-*'),
    rule('nova'),
    rule('*'),
    rule('**'),
  );

  it.each([
    ['each once, and not those for any id', ['*'], ['gpt-*', '*claude*', 'nova']],
    ['those alone that overlap', ['us.anthropic.claude-3', 'gpt-4o'], ['gpt-*', '*claude*']],
    ['none', ['llama'], []],
    ['none for who may call nothing', [], []],
  ])('gives %s', (_, patterns, expected) => {
    expect(namedModels(patterns, configuration)).toEqual(expected);
  });
});
