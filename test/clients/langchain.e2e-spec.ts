import {
  ModelStreamErrorException,
  ThrottlingException,
  ValidationException,
} from '@aws-sdk/client-bedrock-runtime';
import { ChatBedrockConverse } from '@langchain/aws';
import {
  HumanMessage,
  SystemMessage,
  ToolMessage,
  type AIMessage,
  type AIMessageChunk,
  type BaseMessage,
} from '@langchain/core/messages';
import type { ToolCall } from '@langchain/core/messages/tool';
import { tool } from '@langchain/core/tools';
import {
  chunk,
  completion,
  ending,
  errorBody,
  inTurn,
  textChunks,
  textCompletion,
  toolCallChunks,
  toolCallsCompletion,
  toToolCall,
} from '../support/answers.js';
import { answerChunks, answerJson, toServerSentEvent } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { bedrockClient } from './bedrock-client.js';
import { OSLO, PARIS, ROME, WEATHER_FUNCTION, WEATHER_SCHEMA } from './weather.js';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');

const weather = tool(() => 'not called: the test answers for it', {
  name: 'get_weather',
  description: 'The weather in a city, now',
  schema: WEATHER_SCHEMA,
});

const resultOf = ({ id = '', args }: ToolCall): ToolMessage =>
  new ToolMessage({ tool_call_id: id, content: `${String(args['city']).length} °C` });

describe('LangChain', () => {
  let service: Service;
  let model: ChatBedrockConverse;

  beforeAll(async () => {
    service = await Service.start();
    const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
    model = new ChatBedrockConverse({
      model: 'org/model:1',
      region: 'us-east-1',
      credentials,
      client: bedrockClient(service.url),
      maxRetries: 0,
    });
  });
  afterAll(async () => {
    model.client.destroy();
    await service[Symbol.asyncDispose]();
  });
  beforeEach(() => service.reset());

  const joined = async (stream: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> =>
    (await Array.fromAsync(stream)).reduce((sum, piece) => sum.concat(piece));

  it('invokes', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Grüße ✓')));
    const answer = await model.invoke([new SystemMessage('Be brief.'), new HumanMessage('Hello')]);
    expect(answer.content).toBe('Grüße ✓');
    expect(answer.usage_metadata).toMatchObject({ input_tokens: 11, output_tokens: 7, total_tokens: 18 });
    expect(answer.response_metadata).toMatchObject({ stopReason: 'end_turn' });
    expect(service.upstreamRequests).toEqual([
      {
        model: 'org/model:1',
        stream: false,
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hello' },
        ],
      },
    ]);
  });

  it('sends an image', async () => {
    service.upstream.answerWith(answerJson(textCompletion('A dot')));
    const image_url = { url: `data:image/png;base64,${PNG}` };
    const content = [
      { type: 'text', text: 'What is it?' },
      { type: 'image_url', image_url },
    ];
    await model.invoke([new HumanMessage({ content })]);
    expect(service.upstreamRequests).toMatchObject([{ messages: [{ role: 'user', content }] }]);
  });

  const roundTrip = async (ask: (messages: BaseMessage[]) => Promise<AIMessage>): Promise<AIMessage> => {
    const messages: BaseMessage[] = [new HumanMessage('Which is coldest?')];
    for (;;) {
      const answer = await ask(messages);
      const calls = answer.tool_calls ?? [];
      if (calls.length === 0) return answer;
      messages.push(answer);
      messages.push(...calls.map(resultOf));
    }
  };

  const TWO_ROUNDS = {
    messages: [
      { role: 'user', content: 'Which is coldest?' },
      { role: 'assistant', tool_calls: [toToolCall(PARIS), toToolCall(ROME)] },
      { role: 'tool', tool_call_id: PARIS.id, content: '5 °C' },
      { role: 'tool', tool_call_id: ROME.id, content: '4 °C' },
      { role: 'assistant', tool_calls: [toToolCall(OSLO)] },
      { role: 'tool', tool_call_id: OSLO.id, content: '4 °C' },
    ],
    tools: [WEATHER_FUNCTION],
  };

  it('makes two rounds with tools, two calls at once', async () => {
    service.upstream.answerWith(
      inTurn(
        answerJson(toolCallsCompletion(PARIS, ROME)),
        answerJson(toolCallsCompletion(OSLO)),
        answerJson(textCompletion('Rome and Oslo.')),
      ),
    );
    const withTools = model.bindTools([weather]);
    const answer = await roundTrip((messages) => withTools.invoke(messages));
    expect(answer.content).toBe('Rome and Oslo.');
    expect(service.upstreamRequests.at(-1)).toMatchObject(TWO_ROUNDS);
  });

  it('makes two rounds with tools while it streams', async () => {
    service.upstream.answerWith(
      inTurn(
        answerChunks(toolCallChunks(PARIS, ROME)),
        answerChunks(toolCallChunks(OSLO)),
        answerChunks(textChunks('Rome ', 'and Oslo.')),
      ),
    );
    const withTools = model.bindTools([weather]);
    const answer = await roundTrip(async (messages) => joined(await withTools.stream(messages)));
    expect(answer.text).toBe('Rome and Oslo.');
    expect(service.upstreamRequests.at(-1)).toMatchObject(TWO_ROUNDS);
  });

  it('streams', async () => {
    service.upstream.answerWith(answerChunks(textChunks('Grü', 'ße ✓')));
    const pieces = await Array.fromAsync(await model.stream('Hello'));
    expect(pieces.map(({ text }) => text).filter((text) => text !== '')).toEqual(['Grü', 'ße ✓']);
    const whole = pieces.reduce((sum, piece) => sum.concat(piece));
    expect(whole.usage_metadata).toMatchObject({ input_tokens: 11, output_tokens: 7, total_tokens: 18 });
  });

  it('gets structured output', async () => {
    service.upstream.answerWith(
      answerJson(toolCallsCompletion({ id: 'call_1', name: 'extract', arguments: { city: 'Paris' } })),
    );
    const structured = model.withStructuredOutput({
      ...WEATHER_SCHEMA,
      title: 'extract',
      description: 'A place',
    });
    await expect(structured.invoke('Where?')).resolves.toEqual({ city: 'Paris' });
  });

  it('sends reasoning back, and the conversation continues', async () => {
    service.upstream.answerWith(
      inTurn(
        answerJson(completion({ reasoning_content: 'Let me think.', content: 'Done.' })),
        answerJson(textCompletion('Again.')),
      ),
    );
    const question = new HumanMessage('Hello');
    const answer = await model.invoke([question]);
    expect(answer.content).toMatchObject([
      { type: 'reasoning', reasoning: 'Let me think.' },
      { type: 'text', text: 'Done.' },
    ]);
    await expect(model.invoke([question, answer, question])).resolves.toMatchObject({ content: 'Again.' });
    expect(service.upstreamRequests.at(-1)).toMatchObject({
      messages: [{ role: 'user' }, { role: 'assistant', content: 'Done.' }, { role: 'user' }],
    });
  });

  it('sends streamed reasoning back, and the conversation continues', async () => {
    service.upstream.answerWith(
      inTurn(
        answerChunks([
          chunk({ role: 'assistant', reasoning_content: 'Let me ' }),
          chunk({ reasoning_content: 'think.' }),
          chunk({ content: 'Done.' }),
          ...ending('stop'),
        ]),
        answerJson(textCompletion('Again.')),
      ),
    );
    const question = new HumanMessage('Hello');
    const answer = await joined(await model.stream([question]));
    await expect(model.invoke([question, answer, question])).resolves.toMatchObject({ content: 'Again.' });
  });

  it('throws the typed errors of the AWS SDK', async () => {
    service.upstream.answerWith(answerJson(errorBody('No such thing'), 400));
    await expect(model.invoke('Hello')).rejects.toBeInstanceOf(ValidationException);
    expect(service.upstreamRequests).toHaveLength(1);
    service.upstream.answerWith(answerJson(errorBody('Slow down'), 429, { 'retry-after': '0' }));
    await expect(model.invoke('Hello')).rejects.toBeInstanceOf(ThrottlingException);
    expect(service.upstreamRequests).toHaveLength(1 + 3);
  });

  it('throws the typed error when the upstream fails in the middle of a stream', async () => {
    service.upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
      response.end(toServerSentEvent(errorBody('The GPU is on fire', { code: 500 })));
    });
    const pieces: string[] = [];
    const read = async () => {
      for await (const { text } of await model.stream('Hello')) pieces.push(text);
    };
    await expect(read()).rejects.toBeInstanceOf(ModelStreamErrorException);
    expect(pieces.join('')).toBe('One');
  });

  it('ends the upstream call when it is aborted', async () => {
    const leaving = new AbortController();
    const failure = expect(model.invoke('Hello', { signal: leaving.signal })).rejects.toThrow();
    await service.upstream.received(1);
    leaving.abort();
    await failure;
    await service.upstream.socketsDownTo(0);
  });
});
