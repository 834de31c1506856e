import { DIALECTS } from '../../openai/dialects.js';
import { IgnoredMembers } from './ignored-members.js';
import { inferenceConfigToParams } from './inference-config.js';
import type { RequestContext } from './request-context.js';

const IGNORED = ['inferenceConfig.temperature', 'inferenceConfig.topP'];

/** The members of the context that decide about sampling. */
function map(dialect: 'openai' | 'azure' | 'generic', model: string): object {
  const ignored = new IgnoredMembers('ignore');
  const context = { dialect: DIALECTS[dialect], target: { model }, ignored } as unknown as RequestContext;
  const params = inferenceConfigToParams({ maxTokens: 9, temperature: 0.5, topP: 0.9 }, context);
  return { ...params, ignored: ignored.list() };
}

describe('sampling parameters of models with fixed sampling', () => {
  it.each([
    ['openai', 'o1'],
    ['openai', 'o4-mini'],
    ['openai', 'gpt-5'],
    ['openai', 'gpt-5.6-mini'],
    ['azure', 'o3'],
  ] as const)('are not sent but reported: %s %s', (dialect, model) => {
    expect(map(dialect, model)).toEqual({ max_completion_tokens: 9, ignored: IGNORED });
  });

  it.each([
    ['openai', 'gpt-4o', 'max_completion_tokens'],
    ['openai', 'gpt-5-chat-latest', 'max_completion_tokens'],
    ['openai', 'omni', 'max_completion_tokens'],
    ['generic', 'o1', 'max_tokens'],
  ] as const)('are sent to other models: %s %s', (dialect, model, field) => {
    expect(map(dialect, model)).toEqual({ [field]: 9, temperature: 0.5, top_p: 0.9, ignored: [] });
  });
});
