import fc from 'fast-check';
import { modelIdToName } from './model-name.js';

describe('modelIdToName', () => {
  it.each([
    ['anthropic.claude-3-haiku-20240307-v1:0', 'anthropic', 'Anthropic', 'claude-3-haiku'],
    ['anthropic.claude-v2:1', 'anthropic', 'Anthropic', 'claude'],
    ['amazon.nova-pro-v1:0:300k', 'amazon', 'Amazon', 'nova-pro'],
    ['meta.llama3-1-70b-instruct-v1:0', 'meta', 'Meta', 'llama3-1-70b-instruc'],
    ['mistral.mistral-7b-instruct-v0:2', 'mistral', 'Mistral AI', 'mistral-7b-instruct'],
    ['Qwen/Qwen3-8B', 'Qwen', 'Qwen', 'Qwen3-8B'],
    ['openai/gpt-4o-mini', 'openai', 'OpenAI', 'gpt-4o-mini'],
    ['some-quite-long-organization/x', 'some-quite-long-organization', 'some-quite-long-orga', 'x'],
    ['gpt-4o', undefined, 'Custom', 'gpt-4o'],
    ['llama3.1:8b', undefined, 'Custom', 'llama3.1:8b'],
    ['constructor.x', undefined, 'Custom', 'constructor.x'],
    ['.x', undefined, 'Custom', '.x'],
    ['/x', undefined, 'Custom', '/x'],
    ['-v1', undefined, 'Custom', '-v1'],
  ])('%s has the provider %s: %s, %s', (modelId, provider, providerName, modelName) => {
    expect(modelIdToName(modelId)).toEqual({ provider, providerName, modelName });
  });

  it('has 1 to 20 characters for any id', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), (modelId) => {
        const { modelName, providerName } = modelIdToName(modelId);
        for (const { length } of [modelName, providerName]) {
          expect(length).toBeGreaterThanOrEqual(1);
          expect(length).toBeLessThanOrEqual(20);
        }
      }),
    );
  });
});
