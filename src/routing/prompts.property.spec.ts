import fc from 'fast-check';
import { modelIdOf } from '../../test/support/model-id.js';
import { upstreamOf } from '../../test/support/upstream-target.js';
import type { Client, Configuration } from '../config/configuration.js';
import type { PromptSettings } from '../config/prompt.js';
import { mayCall, resolveRoute, ruleOf } from './model-router.js';
import { findPrompt, mayUsePrompt, promptReference } from './prompts.js';

const upstream = upstreamOf({ name: 'u' });
const ARN = 'arn:aws:bedrock:us-east-1:123456789012';
const IDS = ['PROMPT0001', 'PROMPT0002', 'claudeclau'];
const MODELS = ['claude-x', 'nova-x', 'claudeclau', `${ARN}:application-inference-profile/claude-x`];

function promptOf(id: string, version: string, modelId: string): PromptSettings {
  return {
    id,
    version,
    name: id,
    variant: {
      name: 'v',
      templateType: 'TEXT',
      templateConfiguration: { text: { text: 'x', inputVariables: [] } },
      modelId,
    },
    template: { system: [], messages: [], variables: [], inputVariables: [] },
  };
}

const prompts = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...IDS), fc.constantFrom('DRAFT', '1', '2'), fc.constantFrom(...MODELS)),
  { selector: ([id, version]) => `${id}:${version}`, minLength: 1, maxLength: 6 },
);
const globs = fc.array(
  fc.constantFrom(
    '*',
    'claude*',
    '*x',
    'nova-x',
    'PROMPT*',
    `${ARN}:prompt/*`,
    'arn:*',
    '*profile/*',
    'claudeclau',
  ),
  { maxLength: 3 },
);
const permitted = fc.option(
  fc.array(fc.constantFrom('*', 'PROMPT*', 'PROMPT0001:2', '*:DRAFT', 'claudeclau')),
  {
    nil: undefined,
  },
);
const names = fc.constantFrom(
  ...IDS.flatMap((id) =>
    ['', ':1', ':2', ':9'].flatMap((version) => [id + version, `${ARN}:prompt/${id}${version}`]),
  ),
  `${ARN}:prompt/claude-x`,
  `${ARN}:prompt/a/b`,
  'claude-x',
);

describe('a prompt', () => {
  it('leads to no model that the client may not call, and its name to no rule', () => {
    fc.assert(
      fc.property(
        fc.tuple(prompts, globs, globs, permitted, names),
        ([versions, rules, models, allowed, text]) => {
          const configuration: Configuration = {
            upstreams: [upstream],
            models: rules.map((match) => ({ match, route: [{ upstream }], defaults: {}, extraBody: {} })),
            clients: [],
            prompts: versions.map((version) => promptOf(...version)),
            externalHosts: [],
            trustForwardedHost: false,
          };
          const client: Client = { name: 'c', models, limits: {}, ...(allowed && { prompts: allowed }) };
          const modelId = modelIdOf(text);
          const reference = promptReference(modelId, configuration);
          if (reference === undefined) {
            // then it is no name of a prompt in any form
            expect(versions.some(([id]) => text.split(/[/:]/).includes(id))).toBe(false);
            return;
          }
          expect(ruleOf(modelId, configuration)).toBeUndefined();
          expect(resolveRoute(modelId, configuration)).toBeUndefined();
          const prompt = findPrompt(reference, configuration);
          if (prompt === undefined || !mayUsePrompt(client, prompt)) return;
          // the same prompt, however it is named
          const other = text.startsWith('arn:') ? modelId.name : `${ARN}:prompt/${text}`;
          expect(
            findPrompt(promptReference(modelIdOf(other), configuration) ?? { id: '' }, configuration),
          ).toBe(prompt);
          // the route that the prompt leads to is that of its model, asked for by itself
          const model = modelIdOf(prompt.variant.modelId);
          const route = resolveRoute(model, configuration);
          expect(route?.rule).toBe(ruleOf(model, configuration));
          if (promptReference(model, configuration) !== undefined) expect(route).toBeUndefined();
          else if (mayCall(models, model, route?.rule) && route !== undefined) {
            expect(route.targets.map(({ model: sent }) => sent)).toEqual([prompt.variant.modelId]);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['of every version', 'PROMPT0001', { id: 'PROMPT0001', version: '2' }, true],
    ['of the draft', 'PROMPT0001:DRAFT', { id: 'PROMPT0001' }, true],
    ['of another version', 'PROMPT0001:1', { id: 'PROMPT0001', version: '2' }, false],
    ['of numbered versions', 'PROMPT0001:*', { id: 'PROMPT0001', version: '12' }, true],
    ['of another prompt', 'PROMPT0002', { id: 'PROMPT0001' }, false],
    ['of the beginning of an id', 'PROMPT', { id: 'PROMPT0001' }, false],
    ['of a beginning', 'PROMPT*', { id: 'PROMPT0001', version: '3' }, true],
  ])('may be used by a permission %s', (_, pattern, reference, isPermitted) => {
    const client: Client = { name: 'c', models: [], limits: {}, prompts: [pattern] };
    expect(mayUsePrompt(client, reference)).toBe(isPermitted);
  });
});
