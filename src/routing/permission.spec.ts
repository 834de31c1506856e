import fc from 'fast-check';
import { modelIdOf } from '../../test/support/model-id.js';
import { configurationOf } from '../../test/support/gateway.js';
import { upstreamOf } from '../../test/support/upstream-target.js';
import { ModelId } from '../bedrock/model-id.js';
import type { Configuration } from '../config/configuration.js';
import { matchesModel } from './model-pattern.js';
import { mayCall, resolveRoute } from './model-router.js';

const upstream = upstreamOf({ name: 'local' });
const OPUS = 'us.anthropic.claude-opus-*';
const NOVA = 'us.amazon.nova-*';
const APPLICATIONS = 'arn:aws:bedrock:*:application-inference-profile/*';

function tableOf(...matches: string[]): Configuration {
  const models = matches.map((match) => ({ match, route: [{ upstream }], defaults: {}, extraBody: {} }));
  return { ...configurationOf(upstream), models };
}

/** The glob of the rule by which a client that may call `patterns` gets anywhere, or why it does not. */
function wayOf(modelId: ModelId, patterns: readonly string[], table: Configuration): string {
  const rule = resolveRoute(modelId, table)?.rule;
  if (!mayCall(patterns, modelId, rule)) return 'refused';
  return rule?.match ?? 'unknown';
}

const arn = (type: string, name: string, region = 'us-east-1') =>
  `arn:aws:bedrock:${region}:123456789012:${type}/${name}`;

describe('A client that may call Nova, where there is Opus too, gets by', () => {
  const nova = 'us.amazon.nova-lite';
  const opus = 'us.anthropic.claude-opus-4';

  it.each<[id: string, way: string]>([
    [nova, NOVA],
    [arn('inference-profile', nova), NOVA],
    [arn('foundation-model', nova), NOVA],
    [arn('application-inference-profile', nova), NOVA],
    [arn('custom-model', nova), NOVA],
    [arn('inference-profile', `${nova}:1:2`), NOVA],
    [arn('inference-profile', `${nova}/x`), NOVA],
    [arn('inference-profile', `${nova}/${opus}`), NOVA],
    [`arn:aws:sagemaker:us-east-1:123456789012:endpoint/${nova}`, NOVA],
    [opus, 'refused'],
    [arn('inference-profile', opus), 'refused'],
    // let in by the last part and routed by the first
    [arn('inference-profile', `${opus}/${nova}`), 'refused'],
    [arn('inference-profile', `${opus}//${nova}`), 'refused'],
    [arn('inference-profile', `/${nova}`), 'refused'],
    [arn('inference-profile', `${opus}:inference-profile/${nova}`), 'refused'],
    [arn('inference-profile', arn('inference-profile', nova)), 'refused'],
    [arn('foundation-model', `${opus}/${nova}`), 'refused'],
    [arn('provisioned-model', `${opus}/${nova}`), 'refused'],
    [arn('custom-model', `${opus}/${nova}`), 'refused'],
    [arn('prompt-router', `${opus}/${nova}`), 'refused'],
    [arn(nova, opus), 'refused'],
    [arn('inference-profile', opus, nova), 'refused'],
    [`${opus}/${nova}`, 'refused'],
    [`ARN:aws:bedrock:us-east-1:1:inference-profile/${nova}`, 'refused'],
    [` ${nova}`, 'refused'],
    ['US.AMAZON.NOVA-LITE', 'refused'],
    ['us.amazon%2Enova-lite', 'refused'],
    [`x%2F${nova}`, 'refused'],
  ])('%s: %s', (id, way) => {
    expect(wayOf(modelIdOf(id), [NOVA], tableOf(OPUS, NOVA))).toBe(way);
  });

  it.each([
    'arn:',
    'arn:x',
    'arn:aws:bedrock:us-east-1:1:inference-profile',
    'arn:aws:bedrock:us-east-1:1:inference-profile/',
    'arn:aws:bedrock:us-east-1:1:/us.amazon.nova-lite',
    'arn:aws:bedrock:us-east-1/us.amazon.nova-lite',
    'arn:aws/x:bedrock:us-east-1:1:inference-profile/us.amazon.nova-lite',
    'arn:aws:bedrock:us-east-1:1:2:inference-profile/us.amazon.nova-lite',
  ])('no ARN that names nothing: %s', (id) => {
    expect(ModelId.read(id)).toBeUndefined();
  });
});

describe('Where patterns are about ARNs', () => {
  it.each<[why: string, from: { patterns: string[]; table: string[]; id: string }, way: string]>([
    [
      'the region is no name',
      {
        patterns: ['*nova*'],
        table: [OPUS],
        id: arn('inference-profile', 'us.anthropic.claude-opus-4', 'nova'),
      },
      'refused',
    ],
    [
      'the type is no name',
      { patterns: ['*custom*'], table: [OPUS], id: arn('custom-model', 'us.anthropic.claude-opus-4') },
      'refused',
    ],
    [
      'a type lets in no model by its name',
      {
        patterns: [APPLICATIONS],
        table: [OPUS],
        id: arn('application-inference-profile', 'us.anthropic.claude-opus-4'),
      },
      'refused',
    ],
    [
      'so does a type without an account',
      {
        patterns: ['*prompt-router/*'],
        table: [OPUS],
        id: arn('prompt-router', 'us.anthropic.claude-opus-4'),
      },
      'refused',
    ],
    [
      'a name lets in no resource of a type',
      {
        patterns: [NOVA],
        table: [APPLICATIONS],
        id: arn('application-inference-profile', 'us.amazon.nova-x'),
      },
      'refused',
    ],
    [
      'a type and its rule',
      { patterns: [APPLICATIONS], table: [APPLICATIONS], id: arn('application-inference-profile', 'x') },
      APPLICATIONS,
    ],
    [
      'a resource and a rule by its name',
      {
        patterns: [arn('application-inference-profile', 'x')],
        table: ['x'],
        id: arn('application-inference-profile', 'x'),
      },
      'x',
    ],
    [
      'a name and a rule for its resource',
      {
        patterns: ['x'],
        table: [arn('application-inference-profile', 'x')],
        id: arn('application-inference-profile', 'x'),
      },
      arn('application-inference-profile', 'x'),
    ],
    [
      'profiles are named after models',
      {
        patterns: ['arn:aws:bedrock:*:inference-profile/*'],
        table: [OPUS],
        id: arn('inference-profile', 'us.anthropic.claude-opus-4'),
      },
      OPUS,
    ],
    [
      'models by what IAM calls them',
      {
        patterns: ['arn:aws:bedrock:*::foundation-model/*'],
        table: ['*claude*'],
        id: 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3',
      },
      '*claude*',
    ],
    [
      'everything',
      { patterns: ['*'], table: [APPLICATIONS], id: arn('application-inference-profile', 'x') },
      APPLICATIONS,
    ],
    [
      'everything leads there',
      { patterns: [APPLICATIONS], table: ['*'], id: arn('application-inference-profile', 'x') },
      '*',
    ],
    ['nobody serves it', { patterns: [NOVA], table: [OPUS], id: 'us.amazon.nova-lite' }, 'unknown'],
  ])('%s', (_, { patterns, table, id }, way) => {
    expect(wayOf(modelIdOf(id), patterns, tableOf(...table))).toBe(way);
  });
});

describe('The patterns that permit an id', () => {
  const word = fc.constantFrom('a', 'b', 'us.a', 'custom-model', 'prompt-router', 'inference-profile');
  const path = fc.array(fc.oneof(word, fc.constantFrom('/', ':', '%2F')), { minLength: 1, maxLength: 6 });
  const name = path.map((pieces) => pieces.join(''));
  const ids = fc.oneof(
    name,
    fc.tuple(word, word, name).map(([region, type, named]) => `arn:aws:bedrock:${region}:1:${type}/${named}`),
  );
  const globs = fc
    .array(fc.oneof(word, fc.constantFrom('*', '/', 'arn:aws:bedrock:*', ':')), {
      minLength: 1,
      maxLength: 5,
    })
    .map((pieces) => pieces.join(''));

  it('matches the reading by which its route was chosen', () => {
    fc.assert(
      fc.property(ids, globs, fc.array(globs, { minLength: 1, maxLength: 4 }), (text, pattern, matches) => {
        const modelId = ModelId.read(text);
        fc.pre(modelId !== undefined);
        const way = wayOf(modelId, [pattern], tableOf(...matches));
        fc.pre(way !== 'refused');
        expect(matchesModel(pattern, modelId)).toBe(true);
        if (way === 'unknown') return;
        expect(matchesModel(way, modelId)).toBe(true);
        // a pattern that says nothing of ARNs has matched the name, all of it, and so has such a rule
        const plain = [pattern, way].filter((glob) => !/^arn:|^\*:?[a-z-]+\//.test(glob));
        const ofName = plain.map((glob) => matchesModel(glob, modelIdOf(modelId.name)));
        expect(ofName).toEqual(plain.map(() => true));
      }),
      { numRuns: 2_000 },
    );
  });
});
