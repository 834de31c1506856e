import { textCompletion } from './support/answers.js';
import { GUARDED_FILE, GUARDRAIL, GUARDRAIL_HEADERS } from './support/guarded-file.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson } from './support/scripted-upstream.js';

let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start(GUARDED_FILE);
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.upstream('model').requests.length = 0;
  service.answerWith({ model: answerJson(textCompletion('Hi')) });
});

/** The messages of the call, undefined when there was none. */
const sentMessages = (): unknown =>
  (service.upstream('model').lastRequest?.body as { messages: unknown } | undefined)?.messages;

describe('A request of InvokeModel with a guardrail', () => {
  it('is guarded in a body of InvokeModel too, by its headers', async () => {
    const call = (text: string) =>
      fetch(`${service.proxy.url}/model/anthropic.claude-x/invoke`, {
        method: 'POST',
        headers: GUARDRAIL_HEADERS,
        body: JSON.stringify({
          anthropic_version: 'bedrock-2023-05-31',
          max_tokens: 5,
          messages: [{ role: 'user', content: text }],
        }),
      }).then((response) => response.json());
    expect(await call('forbidden')).toMatchObject({
      content: [{ type: 'text', text: GUARDRAIL.blockedInputMessaging }],
    });
    expect(service.asked['model']).toBe(0);
    await call('ana@example.com');
    expect(sentMessages()).toEqual([{ role: 'user', content: '{EMAIL}' }]);
  });

  it('is refused for a body that is not examined', async () => {
    const response = await fetch(`${service.proxy.url}/model/amazon.titan-embed-text-v2:0/invoke`, {
      method: 'POST',
      headers: GUARDRAIL_HEADERS,
      body: JSON.stringify({ inputText: 'forbidden' }),
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: expect.stringMatching(/^Guardrails are not applied to bodies of the format/) as string },
    ]);
    expect(service.asked['model']).toBe(0);
  });
});
