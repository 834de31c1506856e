import type OpenAI from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import {
  chunk,
  completion,
  ending,
  inTurn,
  textChunks,
  textCompletion,
  toolCallChunks,
  toolCallsCompletion,
  toToolCall,
} from '../support/answers.js';
import { answerChunks, answerJson } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { openAIClient } from './openai-client.js';
import { OSLO, PARIS, ROME, WEATHER_FUNCTION } from './weather.js';

const MODEL = 'org/model:1';
const HELLO: Pick<ChatCompletionCreateParamsNonStreaming, 'model' | 'messages'> = {
  model: MODEL,
  messages: [{ role: 'user', content: 'Hello' }],
};

let service: Service;
let client: OpenAI;

beforeAll(async () => {
  service = await Service.start();
  client = openAIClient(service.url);
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => service.reset());

describe('Chat completions by the openai package', () => {
  it('have the members of the upstream, and the model that was asked for', async () => {
    const answer = { ...textCompletion('Hi'), system_fingerprint: 'fp_1', service_tier: 'default' };
    service.upstream.answerWith(answerJson(answer));
    expect(await client.chat.completions.create({ ...HELLO, seed: 7 })).toEqual({ ...answer, model: MODEL });
    expect(service.upstreamRequests).toEqual([{ ...HELLO, seed: 7, stream: false }]);
  });

  it('stream, with usage for those who ask for it', async () => {
    service.upstream.answerWith(answerChunks(textChunks('Grü', 'ße ✓')));
    const runner = client.chat.completions.stream({
      ...HELLO,
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(await runner.finalContent()).toBe('Grüße ✓');
    expect(await runner.totalUsage()).toMatchObject({ prompt_tokens: 11, completion_tokens: 7 });
    const chunks = await Array.fromAsync(await client.chat.completions.create({ ...HELLO, stream: true }));
    expect(chunks.every(({ usage, choices }) => usage === undefined && choices.length === 1)).toBe(true);
  });

  it('go two rounds with tools, two calls at once', async () => {
    service.upstream.answerWith(
      inTurn(
        answerJson(toolCallsCompletion(PARIS, ROME)),
        answerChunks(toolCallChunks(OSLO)),
        answerJson(textCompletion('Oslo is coldest.')),
      ),
    );
    const tools = [WEATHER_FUNCTION] as ChatCompletionCreateParamsNonStreaming['tools'];
    const messages = [...HELLO.messages];
    const first = await client.chat.completions.create({ ...HELLO, tools, messages });
    const calls = first.choices[0]?.message;
    expect(calls?.tool_calls).toEqual([toToolCall(PARIS), toToolCall(ROME)]);
    if (calls !== undefined) messages.push(calls);
    for (const { id } of [PARIS, ROME]) messages.push({ role: 'tool', tool_call_id: id, content: '7' });
    const second = await client.chat.completions.stream({ ...HELLO, tools, messages }).finalMessage();
    expect(second.tool_calls).toMatchObject([toToolCall(OSLO)]);
    messages.push(second, { role: 'tool', tool_call_id: OSLO.id, content: '1' });
    const last = await client.chat.completions.create({ ...HELLO, tools, messages });
    expect(last.choices[0]?.message.content).toBe('Oslo is coldest.');
    const sent = service.upstreamRequests.at(-1) as { messages: { role: string }[] };
    expect(sent.messages.map(({ role }) => role)).toEqual(
      'user assistant tool tool assistant tool'.split(' '),
    );
  });

  it('answer by a schema, with two choices and probabilities', async () => {
    const [first] = completion({ content: '{"city":"Rome"}' })['choices'] as object[];
    const logprobs = {
      content: [{ token: '{', logprob: -0.1, bytes: [123], top_logprobs: [] }],
      refusal: null,
    };
    const choices = [0, 1].map((index) => Object.assign({}, first, { index, logprobs }));
    service.upstream.answerWith(answerJson({ ...textCompletion(''), choices }));
    const format = {
      type: 'json_schema' as const,
      json_schema: {
        name: 'place',
        strict: true,
        schema: { type: 'object', properties: { city: { type: 'string' } } },
      },
    };
    const asked = { ...HELLO, n: 2, logprobs: true, response_format: format };
    const answer = await client.chat.completions.parse(asked);
    expect(answer.choices.map(({ message }) => message.parsed)).toEqual([{ city: 'Rome' }, { city: 'Rome' }]);
    expect(answer.choices[1]?.logprobs).toEqual(logprobs);
    expect(service.upstreamRequests).toEqual([{ ...asked, stream: false }]);
  });

  it('stream two choices side by side', async () => {
    const of = (index: number, delta: object, finishReason: string | null = null) => {
      const [choice] = chunk({ ...delta }, finishReason)['choices'] as object[];
      return { ...chunk({}), choices: [{ ...choice, index }] };
    };
    service.upstream.answerWith(
      answerChunks([
        of(0, { role: 'assistant', content: 'He' }),
        of(1, { role: 'assistant', content: 'Good ' }),
        of(0, { content: 'llo' }, 'stop'),
        of(1, { content: 'day' }, 'length'),
        ending('stop').at(-1),
      ]),
    );
    const runner = client.chat.completions.stream({ ...HELLO, n: 2 });
    const { choices } = await runner.finalChatCompletion();
    expect(choices.map(({ message, finish_reason }) => [message.content, finish_reason])).toEqual([
      ['Hello', 'stop'],
      ['Good day', 'length'],
    ]);
  });
});

describe('Models by the openai package', () => {
  it('are those of the table, and any other that would be routed', async () => {
    expect((await client.models.list()).data).toEqual([]);
    expect(await client.models.retrieve(MODEL)).toEqual({
      id: MODEL,
      object: 'model',
      created: 0,
      owned_by: 'system',
    });
  });
});
