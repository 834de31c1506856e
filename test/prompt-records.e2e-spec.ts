import { textCompletion } from './support/answers.js';
import { InspectorClient } from './support/inspector-client.js';
import { LogLines } from './support/log-lines.js';
import { PLAYLIST, promptArn, PROMPTED_FILE } from './support/prompted-file.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson } from './support/scripted-upstream.js';

const log = new LogLines();
let service: RoutedService;
let inspector: InspectorClient;

beforeAll(async () => {
  service = await RoutedService.start(PROMPTED_FILE, { INSPECTOR: 'true', LOG_LEVEL: 'info' }, log);
  service.answerWith({ model: answerJson(textCompletion('Hi')) });
  inspector = new InspectorClient(service.proxy.managementUrl);
});
afterAll(() => service[Symbol.asyncDispose]());

async function call(
  version: string,
  variables: Record<string, string>,
  operation = 'converse',
): Promise<string | null> {
  const promptVariables = Object.fromEntries(
    Object.entries(variables).map(([name, text]) => [name, { text }]),
  );
  const body = JSON.stringify({ promptVariables });
  const response = await service.post(promptArn(PLAYLIST + version), operation, { body });
  await response.text();
  return response.headers.get('x-amzn-requestid');
}

describe('A request that uses a prompt', () => {
  it.each(['converse', 'invoke'])('is shown with the prompt as it was filled: %s', async (operation) => {
    const id = await call(':2', { genre: 'pop', number: '3' }, operation);
    const { prompt, modelId, calls } = await inspector.call(id);
    expect([prompt?.name, modelId]).toEqual([`${PLAYLIST}:2`, promptArn(`${PLAYLIST}:2`)]);
    expect(JSON.parse(prompt?.filled?.text ?? '')).toEqual({
      messages: [{ role: 'user', content: [{ text: 'Make me a pop playlist of 3 songs.' }] }],
      inferenceConfig: { maxTokens: 100 },
    });
    if (operation === 'converse')
      expect(calls[0]?.origins).toContainEqual(
        expect.objectContaining({ from: ['prompt.messages.0.content.0.text'] }),
      );
  });

  it('is shown with the name of a prompt that was not filled', async () => {
    const { prompt, reason } = await inspector.call(await call('', {}));
    expect(prompt).toEqual({ name: `${PLAYLIST}:DRAFT` });
    expect(reason).toContain('it lacks genre');
  });

  it('is logged with the prompt and the rule of its model, and without values and their names', async () => {
    const id = await call('', { genre: 'SECRET-VALUE', 'SECRET-NAME': 'x' });
    const line = await log.ofRequest(id);
    expect(line).toMatchObject({
      modelId: promptArn(PLAYLIST),
      prompt: `${PLAYLIST}:DRAFT`,
      rule: '*',
      reason: 'The value at promptVariables is invalid: it names unknown variables.',
    });
    expect(log.text).not.toContain('SECRET');
  });

  it('is no other request', async () => {
    const { headers } = await service.converse('any-model');
    const shown = await inspector.call(headers.get('x-amzn-requestid'));
    expect(shown).not.toHaveProperty('prompt');
  });
});
