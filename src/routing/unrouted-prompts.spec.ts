import { textPrompt } from '../../test/support/prompted-file.js';
import { TemporaryDirectory } from '../../test/support/temporary-directory.js';
import { UPSTREAM_DEFAULTS } from '../../test/support/upstream-defaults.js';
import { EnvironmentVariables } from '../config/environment-variables.js';
import { checkConfigFile } from '../config/file/check-config-file.js';
import { unroutedPrompts } from './unrouted-prompts.js';

const PROFILE = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-x';
const ROUTER = 'arn:aws:bedrock:us-east-1:123456789012:prompt-router/claude-x';
const OK = 'ok: upstreams: a; model rules: 1; clients: none, everybody may call';

async function warningsOf(match: string, modelId: string): Promise<readonly string[]> {
  using directory = new TemporaryDirectory();
  const file = {
    upstreams: { a: { baseUrl: 'http://a' } },
    models: [{ match, route: [{ upstream: 'a' }] }],
    prompts: [textPrompt({ id: 'PROMPT0001', version: '2', text: 'Hi', modelId })],
  };
  const sources = {
    path: directory.write('config.yaml', JSON.stringify(file)),
    defaults: UPSTREAM_DEFAULTS,
    variables: new EnvironmentVariables({}),
  };
  const { lines } = await checkConfigFile(sources, unroutedPrompts);
  return lines;
}

describe('A prompt whose model is', () => {
  it.each([
    ['*', 'any'],
    ['claude-x', 'claude-x'],
    ['us.anthropic.*', PROFILE],
    ['*prompt-router/*', ROUTER],
  ])('matched by the rule %s has no warning: %s', async (match, modelId) => {
    expect(await warningsOf(match, modelId)).toEqual([OK]);
  });

  it.each([
    ['claude-x', 'claude-y'],
    ['claude-*', PROFILE],
    ['*prompt-router/*', PROFILE],
    ['claude-x', 'arn:aws:bedrock'],
  ])('not matched by the rule %s is named in a warning: %s', async (match, modelId) => {
    const warning = `warning: prompts: PROMPT0001:2 cannot be used, because no rule of models matches its model "${modelId}"`;
    expect(await warningsOf(match, modelId)).toEqual([warning, OK]);
  });
});
