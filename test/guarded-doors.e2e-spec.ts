import Anthropic from '@anthropic-ai/sdk';
import { textChunks, textCompletion } from './support/answers.js';
import { GUARDED_FILE, GUARDRAIL, GUARDRAIL_HEADERS } from './support/guarded-file.js';
import { guardedSuite } from './support/guarded-suite.js';
import { RoutedService } from './support/routed-service.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';

const ACTION = 'amazon-bedrock-guardrailAction';
const { blockedInputMessaging: NOT_ASKED } = GUARDRAIL;

const suite = guardedSuite();

const user = (content: string) => ({ role: 'user' as const, content });

describe('A chat completion body of InvokeModel', () => {
  it.each([
    ['forbidden', 'INTERVENED', NOT_ASKED],
    ['ana@example.com', 'INTERVENED', 'Hi'],
    ['Hello', 'NONE', 'Hi'],
  ])('with the text %j is guarded: %s', async (text, action, content) => {
    const response = await suite.service.post('openai.gpt-oss-20b', 'invoke', {
      headers: GUARDRAIL_HEADERS,
      body: JSON.stringify({ messages: [user(text)] }),
    });
    expect(await response.json()).toMatchObject({ choices: [{ message: { content } }], [ACTION]: action });
    expect(response.headers.get('x-proxy-ignored-parameters')).toBeNull();
  });

  it('is refused with an unknown guardrail, by the name of its header', async () => {
    const headers = { ...GUARDRAIL_HEADERS, 'x-amzn-bedrock-guardrailversion': '9' };
    const body = JSON.stringify({ messages: [user('Hello')] });
    const response = await suite.service.post('openai.gpt-oss-20b', 'invoke', { headers, body });
    expect([response.status, JSON.stringify(await response.json())]).toEqual([
      400,
      expect.stringMatching(/headers\.x-amzn-bedrock-guardrailidentifier.*does not exist/),
    ]);
  });
});

describe("Anthropic's own API", () => {
  it.each([
    ['forbidden', NOT_ASKED],
    ['Hello', 'Hi'],
  ])('answers %j to a guarded text with %j', async (content, text) => {
    const anthropic = new Anthropic({
      baseURL: suite.service.proxy.url,
      apiKey: 'any',
      defaultHeaders: GUARDRAIL_HEADERS,
    });
    const messages = [{ role: 'user' as const, content }];
    const request = { model: 'm', max_tokens: 9, messages };
    expect((await anthropic.messages.create(request)).content).toMatchObject([{ type: 'text', text }]);
    suite.service.answerWith({ model: answerChunks(textChunks('Hi')) });
    expect(await anthropic.messages.stream(request).finalText()).toBe(text);
  });

  it('refuses an unknown guardrail', async () => {
    const response = await fetch(`${suite.service.proxy.url}/anthropic/v1/messages`, {
      method: 'POST',
      headers: { ...GUARDRAIL_HEADERS, 'x-amzn-bedrock-guardrailidentifier': 'xyz' },
      body: JSON.stringify({ model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'Hello' }] }),
    });
    expect([response.status, await response.json()]).toMatchObject([400, { type: 'error' }]);
    expect(suite.service.asked['model']).toBe(0);
  });
});

describe('Without guardrails in the configuration', () => {
  it.each([
    ['/openai/v1/chat/completions', { model: 'm', messages: [user('forbidden')] }],
    ['/v1/messages', { model: 'm', max_tokens: 9, messages: [user('forbidden')] }],
  ])('the headers have no effect at %s', async (path, body) => {
    await using plain = await RoutedService.start({ ...GUARDED_FILE, guardrails: undefined });
    plain.answerWith({ model: answerJson(textCompletion('forbidden')) });
    const response = await fetch(plain.proxy.url + path, {
      method: 'POST',
      headers: GUARDRAIL_HEADERS,
      body: JSON.stringify(body),
    });
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('"forbidden"')]);
  });
});
