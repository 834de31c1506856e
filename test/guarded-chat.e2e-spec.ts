import type OpenAI from 'openai';
import { completion, textCompletion, toToolCall } from './support/answers.js';
import { openAIClient } from './clients/openai-client.js';
import { GUARDRAIL, GUARDRAIL_HEADERS } from './support/guarded-file.js';
import { guardedSuite } from './support/guarded-suite.js';
import { answerJson } from './support/scripted-upstream.js';

const TRACED = { ...GUARDRAIL_HEADERS, 'x-amzn-bedrock-trace': 'ENABLED' };
const ACTION = 'amazon-bedrock-guardrailAction';
const TRACE = 'amazon-bedrock-trace';
const CONFIG = 'amazon-bedrock-guardrailConfig';
const TAG = 'amazon-bedrock-guardrails-guardContent_x1';
const tagged = (text: string): string => `<${TAG}>${text}</${TAG}>`;
const { blockedInputMessaging: NOT_ASKED, blockedOutputsMessaging: NOT_SAID } = GUARDRAIL;

const suite = guardedSuite();
let client: OpenAI;

beforeAll(() => {
  client = openAIClient(suite.service.proxy.url, { defaultHeaders: GUARDRAIL_HEADERS });
});

type Message = OpenAI.ChatCompletionMessageParam;
const user = (content: string): Message => ({ role: 'user', content });
const ask = (messages: Message[], more: object = {}) =>
  client.chat.completions.create({ model: 'm', messages, ...more });

describe("A guarded chat completion of OpenAI's SDK", () => {
  it('answers as any other when nothing is found', async () => {
    const answer = await ask([user('Hello')]);
    expect(answer).toMatchObject({
      choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 11 },
      [ACTION]: 'NONE',
    });
    expect(answer).not.toHaveProperty(TRACE);
    expect(suite.sentMessages).toEqual([user('Hello')]);
  });

  it('is not sent when its text is blocked', async () => {
    expect(await ask([user('a forbidden question')])).toMatchObject({
      object: 'chat.completion',
      model: 'm',
      choices: [
        { index: 0, message: { role: 'assistant', content: NOT_ASKED }, finish_reason: 'content_filter' },
      ],
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
      [ACTION]: 'INTERVENED',
    });
    expect(suite.service.asked['model']).toBe(0);
  });

  it.each<[name: string, messages: Message[], suffix: string | undefined, expected: unknown]>([
    [
      'texts of users alone',
      [
        { role: 'system', content: 'mail ana@example.com' },
        user('I am ana@example.com'),
        { role: 'assistant', content: 'bob@example.com' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'see T-1234' },
            { type: 'text', text: 'fine' },
          ],
        },
      ],
      undefined,
      [
        { role: 'system', content: 'mail ana@example.com' },
        user('I am {EMAIL}'),
        { role: 'assistant', content: 'bob@example.com' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'see {ticket}' },
            { type: 'text', text: 'fine' },
          ],
        },
      ],
    ],
    [
      'only what is between tags',
      [
        { role: 'system', content: `Be ${tagged('T-1111')}.` },
        user(`a@example.com and ${tagged('b@example.com')} and T-1234`),
        { role: 'assistant', content: tagged('c@example.com') },
        user('d@example.com'),
      ],
      'x1',
      [
        { role: 'system', content: 'Be {ticket}.' },
        user('a@example.com and {EMAIL} and T-1234'),
        { role: 'assistant', content: 'c@example.com' },
        user('d@example.com'),
      ],
    ],
  ])('has masked: %s', async (_, messages, tagSuffix, expected) => {
    await ask(messages, tagSuffix === undefined ? {} : { [CONFIG]: { tagSuffix } });
    expect(suite.sentMessages).toEqual(expected);
    expect(suite.service.upstream('model').lastRequest?.body).not.toHaveProperty(CONFIG);
  });

  it.each<[name: string, choices: unknown[], expected: unknown[]]>([
    [
      'replaced when it is blocked, without its calls of tools',
      completion(
        { content: 'forbidden', tool_calls: [toToolCall({ id: 'c', name: 'f', arguments: {} })] },
        'tool_calls',
      )['choices'] as unknown[],
      [
        {
          index: 0,
          message: { role: 'assistant', content: NOT_SAID, refusal: null },
          finish_reason: 'content_filter',
        },
      ],
    ],
    [
      'masked in every choice, and in refusals',
      [
        {
          index: 0,
          message: { role: 'assistant', content: 'ask a@example.com' },
          logprobs: { content: [] },
          finish_reason: 'stop',
        },
        {
          index: 1,
          message: { role: 'assistant', content: null, refusal: 'No, T-1234' },
          finish_reason: 'stop',
        },
      ],
      [
        { index: 0, message: { role: 'assistant', content: 'ask {EMAIL}' }, finish_reason: 'stop' },
        {
          index: 1,
          message: { role: 'assistant', content: null, refusal: 'No, {ticket}' },
          finish_reason: 'stop',
        },
      ],
    ],
  ])('has its answer %s', async (_, choices, expected) => {
    suite.service.answerWith({ model: answerJson({ ...textCompletion(''), choices }) });
    const answer = await ask([user('Hello')], { n: choices.length });
    expect(answer.choices).toEqual(expected);
    expect(answer).toMatchObject({ usage: { prompt_tokens: 11 }, [ACTION]: 'INTERVENED' });
  });

  it('says what was found when it asks for a trace', async () => {
    suite.service.answerWith({ model: answerJson(textCompletion('a@example.com')) });
    const answer = await client.chat.completions.create(
      { model: 'm', messages: [user('T-1234')] },
      { headers: TRACED },
    );
    expect(Reflect.get(answer, TRACE)).toMatchObject({
      guardrail: {
        input: { abc123: { sensitiveInformationPolicy: { regexes: [{ match: 'T-1234' }] } } },
        outputs: [{ abc123: { sensitiveInformationPolicy: { piiEntities: [{ match: 'a@example.com' }] } } }],
      },
    });
  });

  it('asks for no log probabilities, which would tell what is masked', async () => {
    const response = await client.chat.completions
      .create({ model: 'm', messages: [user('Hello')], logprobs: true, top_logprobs: 2 })
      .asResponse();
    expect(response.headers.get('x-proxy-ignored-parameters')).toBe('logprobs');
    expect(suite.service.upstream('model').lastRequest?.body).not.toHaveProperty('logprobs');
  });

  it.each<[name: string, request: object, headers: Record<string, string>, message: RegExp]>([
    [
      'an unknown guardrail',
      {},
      { ...GUARDRAIL_HEADERS, 'x-amzn-bedrock-guardrailidentifier': 'xyz' },
      /does not exist/,
    ],
    [
      'an identifier alone',
      {},
      { 'x-amzn-bedrock-guardrailidentifier': 'abc123' },
      /guardrailversion is invalid/,
    ],
    ['a spoken answer', { modalities: ['text', 'audio'] }, GUARDRAIL_HEADERS, /spoken answers/],
    ['a tag that cannot be', { [CONFIG]: { tagSuffix: '<>' } }, GUARDRAIL_HEADERS, /tagSuffix/],
  ])('is refused with %s', async (_, request, headers, message) => {
    const response = await fetch(`${suite.service.proxy.url}/openai/v1/chat/completions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ model: 'm', messages: [user('Hello')], ...request }),
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { message: expect.stringMatching(message) as string } },
    ]);
    expect(suite.service.asked['model']).toBe(0);
  });
});
