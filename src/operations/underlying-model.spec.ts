import { modelIdOf } from '../../test/support/model-id.js';
import type { Client, Configuration, Upstream } from '../config/configuration.js';
import { CallableModels } from './callable-models.js';
import { underlyingModel } from './underlying-model.js';

// the part of an upstream that is read
const upstream = { name: 'local' } as Upstream;
const client: Client = { name: 'a', models: ['*'], limits: {} };
const APPLICATION = 'arn:aws:bedrock:eu-west-1:1:application-inference-profile/abc';

type Rule = readonly [match: string, model?: string];

function callable(rules: readonly Rule[], models: readonly string[] = ['*']): CallableModels {
  const table = rules.map(([match, model]) => ({
    match,
    route: [{ upstream, ...(model !== undefined && { model }) }],
    defaults: {},
    extraBody: {},
  }));
  const configuration: Configuration = {
    upstreams: [upstream],
    models: table,
    clients: [],
    externalHosts: [],
    trustForwardedHost: false,
  };
  return new CallableModels(configuration, { ...client, models });
}

describe('underlyingModel', () => {
  it.each<[string, string, readonly Rule[], string]>([
    ['a model', 'anthropic.claude-x', [['*', 'qwen']], 'anthropic.claude-x'],
    ['an alias', 'fast', [['fast', 'Qwen/Qwen3-8B']], 'fast'],
    ['the ARN of a model', 'arn:aws:bedrock:us-east-1::foundation-model/a.b', [['*']], 'a.b'],
    ['a profile', 'us.anthropic.claude-x', [['*']], 'anthropic.claude-x'],
    ['the ARN of a profile', 'arn:aws:bedrock:us-east-1:1:inference-profile/us.a.b', [['*']], 'a.b'],
    ['a profile whose model is not routed', 'us.a.b', [['us.a.*', 'x']], 'us.a.b'],
    [
      'a profile whose route is',
      'us.a.b',
      [
        ['us.a.*', 'qwen'],
        ['qwen', 'qwen'],
      ],
      'qwen',
    ],
    ['an application', APPLICATION, [[APPLICATION, 'qwen'], ['qwen']], 'qwen'],
    ['an application whose model is routed by its last part', APPLICATION, [['*', 'org/qwen']], 'org/qwen'],
    ['an application whose name is routed', APPLICATION, [['*abc', 'qwen']], 'abc'],
    ['an application without another way', APPLICATION, [[APPLICATION, 'qwen']], 'qwen'],
  ])('of %s', (_, id, rules, expected) => {
    expect(underlyingModel(modelIdOf(id), callable(rules))).toBe(expected);
  });

  it('is one that the client may call', () => {
    const rules: Rule[] = [['*', 'qwen']];
    expect(underlyingModel(modelIdOf('us.a.b'), callable(rules, ['us.a.*']))).toBe('us.a.b');
  });
});
