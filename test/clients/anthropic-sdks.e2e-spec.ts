import type { Anthropic } from '@anthropic-ai/sdk';
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
import { answerChunks, answerJson, toServerSentEvent } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { BEDROCK_CLIENTS, MESSAGES_CLIENTS, type MessagesClient } from './anthropic-clients.js';
import { PARIS, ROME, WEATHER_FUNCTION, WEATHER_SCHEMA } from './weather.js';

type Create = Anthropic.MessageCreateParamsNonStreaming;

const PNG = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');
const WEATHER: Anthropic.Tool = {
  name: 'get_weather',
  description: 'The weather in a city, now',
  input_schema: { ...WEATHER_SCHEMA, required: [...WEATHER_SCHEMA.required] },
};
const HELLO: Create = {
  model: 'us.anthropic.claude-sonnet-4-6',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hello' }],
};

describe.each([...BEDROCK_CLIENTS, ...MESSAGES_CLIENTS])('$name', ({ create }) => {
  let service: Service;
  let client: MessagesClient;

  beforeAll(async () => {
    service = await Service.start();
    client = create(service.url, { maxRetries: 0 });
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => service.reset());

  it('gets a text with its usage', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Grüße ✓')));
    expect(await client.messages.create({ ...HELLO, system: 'Be brief.', stop_sequences: ['END'] })).toEqual({
      id: expect.stringMatching(/^msg_bdrk_[0-9A-Za-z]{24}$/) as string,
      type: 'message',
      role: 'assistant',
      model: HELLO.model,
      content: [{ type: 'text', text: 'Grüße ✓' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: {
        input_tokens: 11,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: 7,
        cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      },
    });
    expect(service.upstreamRequests).toEqual([
      {
        model: HELLO.model,
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hello' },
        ],
        max_tokens: 100,
        stop: ['END'],
        stream: false,
      },
    ]);
  });

  it('puts a streamed text together', async () => {
    service.upstream.answerWith(answerChunks(textChunks('Grü', 'ße ✓')));
    const stream = client.messages.stream(HELLO);
    const texts: string[] = [];
    stream.on('text', (text) => void texts.push(text));
    const message = await stream.finalMessage();
    expect(texts).toEqual(['Grü', 'ße ✓']);
    expect(message).toMatchObject({
      content: [{ type: 'text', text: 'Grüße ✓' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 11, output_tokens: 7 },
    });
  });

  const ASKED: Create = { ...HELLO, tools: [WEATHER], tool_choice: { type: 'any' } };
  const CALLS = [PARIS, ROME].map(({ id, name, arguments: input }) => ({
    type: 'tool_use',
    id,
    name,
    input,
  }));

  it('gets two calls at once, and sends their results back', async () => {
    service.upstream.answerWith(
      inTurn(answerJson(toolCallsCompletion(PARIS, ROME)), answerJson(textCompletion('Rome.'))),
    );
    const first = await client.messages.create(ASKED);
    expect(first).toMatchObject({ content: CALLS, stop_reason: 'tool_use' });
    const results = [PARIS, ROME].map(({ id }): Anthropic.ToolResultBlockParam => ({
      type: 'tool_result',
      tool_use_id: id,
      content: '5 °C',
    }));
    await client.messages.create({
      ...HELLO,
      tools: [WEATHER],
      messages: [
        ...HELLO.messages,
        { role: 'assistant', content: first.content },
        { role: 'user', content: results },
      ],
    });
    expect(service.upstreamRequests).toMatchObject([
      { tools: [WEATHER_FUNCTION], tool_choice: 'required' },
      {
        messages: [
          { role: 'user', content: 'Hello' },
          { role: 'assistant', tool_calls: [toToolCall(PARIS), toToolCall(ROME)] },
          { role: 'tool', tool_call_id: PARIS.id, content: '5 °C' },
          { role: 'tool', tool_call_id: ROME.id, content: '5 °C' },
        ],
      },
    ]);
  });

  it('gets streamed calls, one block after the other', async () => {
    service.upstream.answerWith(answerChunks(toolCallChunks(PARIS, ROME)));
    const message = await client.messages.stream(ASKED).finalMessage();
    expect(message).toMatchObject({ content: CALLS, stop_reason: 'tool_use' });
  });

  it('gets thinking with a signature, streamed too, and may send it back', async () => {
    const reasoning = { reasoning_content: 'Let me think.', content: 'Done.' };
    service.upstream.answerWith(
      inTurn(
        answerJson(completion(reasoning)),
        answerChunks([
          chunk({ role: 'assistant', reasoning_content: 'Let me ' }),
          chunk({ reasoning_content: 'think.' }),
          chunk({ content: 'Done.' }),
          ...ending('stop'),
        ]),
        answerJson(textCompletion('Again.')),
      ),
    );
    const thinking: Create = {
      ...HELLO,
      max_tokens: 8_000,
      thinking: { type: 'enabled', budget_tokens: 4_000 },
    };
    const expected = {
      content: [
        {
          type: 'thinking',
          thinking: 'Let me think.',
          signature: expect.stringContaining('brp1.') as string,
        },
        { type: 'text', text: 'Done.' },
      ],
    };
    const whole = await client.messages.create(thinking);
    expect(whole).toMatchObject(expected);
    expect(await client.messages.stream(thinking).finalMessage()).toMatchObject(expected);
    await client.messages.create({
      ...thinking,
      messages: [
        ...HELLO.messages,
        { role: 'assistant', content: whole.content },
        { role: 'user', content: 'Again' },
      ],
    });
    expect(service.upstreamRequests.at(0)).toMatchObject({ reasoning_effort: 'high' });
    expect(service.upstreamRequests.at(-1)).toMatchObject({
      messages: [
        { role: 'user' },
        { role: 'assistant', content: 'Done.' },
        { role: 'user', content: 'Again' },
      ],
    });
  });

  it('shows an image, also alone in a tool result', async () => {
    service.upstream.answerWith(answerJson(textCompletion('A picture.')));
    const image = {
      type: 'image' as const,
      source: { type: 'base64' as const, media_type: 'image/png' as const, data: PNG },
    };
    await client.messages.create({
      ...HELLO,
      tools: [WEATHER],
      messages: [
        { role: 'user', content: [image] },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'get_weather', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: [image] }] },
      ],
    });
    const part = { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } };
    expect(service.upstreamRequests).toMatchObject([
      {
        messages: [
          { role: 'user', content: [part] },
          { role: 'assistant' },
          { role: 'tool', tool_call_id: 'call_1' },
          { role: 'user', content: [{ type: 'text' }, part] },
        ],
      },
    ]);
  });

  it('hears of a stream that breaks, and does not take it for whole', async () => {
    service.upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })), () => response.destroy());
    });
    const texts: string[] = [];
    const stream = client.messages.stream(HELLO);
    stream.on('text', (text) => void texts.push(text));
    await expect(stream.finalMessage()).rejects.toThrow(/Retry your request/);
    expect(texts).toEqual(['One']);
  });

  it('ends the upstream call when it leaves a stream', async () => {
    service.upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
    });
    const stream = client.messages.stream(HELLO);
    stream.on('text', () => stream.abort());
    await expect(stream.finalMessage()).rejects.toThrow('Request was aborted.');
    await service.upstream.socketsDownTo(0);
  });
});
