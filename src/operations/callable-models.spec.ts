import { modelIdOf } from '../../test/support/model-id.js';
import type { Client, Configuration, Upstream } from '../config/configuration.js';
import { CallableModels } from './callable-models.js';
import { FoundationModelsService } from './foundation-models/foundation-models.service.js';
import { InferenceProfilesService } from './inference-profiles/inference-profiles.service.js';

// the part of an upstream that is read
const upstream = { name: 'local' } as Upstream;

/** Globs, each with the models of its route. */
function configuration(...rules: [match: string, ...models: (string | undefined)[]][]): Configuration {
  return {
    upstreams: [upstream],
    models: rules.map(([match, ...models]) => ({
      match,
      route: models.map((model) => ({ upstream, ...(model !== undefined && { model }) })),
      defaults: {},
      extraBody: {},
    })),
    clients: [],
    externalHosts: [],
    trustForwardedHost: false,
  };
}

const client = (...models: string[]): Client => ({ name: 'a', models, limits: {} });

describe('CallableModels', () => {
  it.each<[string, Configuration, string[], string[]]>([
    ['a plain id', configuration(['gpt-4o', 'x']), ['*'], ['gpt-4o']],
    [
      'an ARN',
      configuration(['arn:aws:bedrock:r:1:imported-model/x', 'y']),
      ['*'],
      ['arn:aws:bedrock:r:1:imported-model/x'],
    ],
    ['the models that any id leads to', configuration(['*', 'a', 'b']), ['*'], ['a', 'b']],
    ['nothing where ids go on as they are', configuration(['*', undefined]), ['*'], []],
    ['nothing where a glob of other ids leads elsewhere', configuration(['*gpt-4*', 'qwen']), ['*'], []],
    [
      'the known ids that a glob leads elsewhere',
      configuration(['*claude-opus-4-1*', 'qwen']),
      ['*'],
      ['anthropic.claude-opus-4-1-20250805-v1:0', 'us.anthropic.claude-opus-4-1-20250805-v1:0'],
    ],
    [
      'known ids that the client may call',
      configuration(['*claude-opus-4-1*', 'qwen']),
      ['us.*'],
      ['us.anthropic.claude-opus-4-1-20250805-v1:0'],
    ],
    ['no known id that goes on as it is', configuration(['*claude-opus-4-1*', undefined]), ['*'], []],
    [
      'nothing that an earlier rule takes elsewhere',
      configuration(['mine*', 'x'], ['*amazon.rerank*', undefined], ['*rerank-v1*', 'y'], ['*', 'mine3']),
      ['*'],
      [],
    ],
    ['each once', configuration(['a', 'x'], ['a', 'y'], ['*', 'a', 'b', 'b']), ['*'], ['a', 'b']],
    ['what the client may call', configuration(['a', 'x'], ['b', 'x']), ['b*'], ['b']],
    ['nothing to a client that may call other models', configuration(['a', 'x']), ['b'], []],
  ])('names %s', (_, table, globs, expected) => {
    expect(new CallableModels(table, client(...globs)).named.map(({ text }) => text)).toEqual(expected);
  });

  it.each<[boolean, string, string[], string]>([
    [true, 'a*', ['*'], 'abc'],
    [true, '*', ['a*', 'b*'], 'bcd'],
    [false, 'a*', ['*'], 'b'],
    [false, '*', ['a*'], 'b'],
  ])('returns %s for the table entry %s, the client pattern %s and %s', (expected, match, globs, modelId) => {
    expect(new CallableModels(configuration([match, 'x']), client(...globs)).has(modelIdOf(modelId))).toBe(
      expected,
    );
  });
});

describe('A model that only a profile reaches', () => {
  const current = configuration(['us.anthropic.claude-x-v1:0', 'qwen']);
  const models = new FoundationModelsService({ current });

  it('is listed as the service lists it', () => {
    const { modelSummaries } = models.list({}, client('*'));
    expect(modelSummaries).toMatchObject([
      { modelId: 'anthropic.claude-x-v1:0', inferenceTypesSupported: ['INFERENCE_PROFILE'] },
    ]);
    expect(models.list({ byInferenceType: 'ON_DEMAND' }, client('*')).modelSummaries).toEqual([]);
  });

  it('is there by its id', () => {
    expect(models.get(modelIdOf('anthropic.claude-x-v1:0'), client('*')).modelDetails.modelName).toBe(
      'claude-x',
    );
  });

  it('is not there for a client that may not call the profile', () => {
    expect(models.list({}, client('eu.*')).modelSummaries).toEqual([]);
    expect(() => models.get(modelIdOf('anthropic.claude-x-v1:0'), client('anthropic.*'))).toThrow(
      'Could not resolve',
    );
  });
});

describe('A page of profiles', () => {
  const rules = ['us.a.3', 'us.a.1', 'us.a.2'].map((match): [string, string] => [match, 'x']);
  const page = (maxResults: number, nextToken?: string, table = rules) => {
    const profiles = new InferenceProfilesService({ current: configuration(...table) });
    const query = { maxResults, ...(nextToken !== undefined && { nextToken }) };
    const { inferenceProfileSummaries, nextToken: next } = profiles.list(query, client('*'));
    return { ids: inferenceProfileSummaries.map(({ inferenceProfileId }) => inferenceProfileId), next };
  };

  it('is the last when it holds the last', () => {
    expect(page(3)).toEqual({ ids: ['us.a.1', 'us.a.2', 'us.a.3'], next: undefined });
  });

  it('continues after the previous page, even if its last entry is no longer in the table', () => {
    const { ids, next } = page(1);
    expect(ids).toEqual(['us.a.1']);
    expect(
      page(
        1,
        next,
        rules.filter(([match]) => match !== 'us.a.1'),
      ).ids,
    ).toEqual(['us.a.2']);
  });
});
