import {
  ConverseStreamCommand,
  ModelStreamErrorException,
  ThrottlingException,
  type ContentBlock,
  type ConverseStreamCommandInput,
  type ConverseStreamOutput,
  type Message,
} from '@aws-sdk/client-bedrock-runtime';
import {
  chunk,
  ending,
  errorBody,
  inTurn,
  textChunks,
  toolCallChunks,
  toToolCall,
  type Call,
} from '../support/answers.js';
import {
  answerChunks,
  answerJson,
  toServerSentEvent,
  type UpstreamScript,
} from '../support/scripted-upstream.js';
import { ClientAndService, TRANSPORTS } from './bedrock-client.js';
import { messageOf } from './streamed-message.js';
import { OSLO, PARIS, ROME, WEATHER_FUNCTION, WEATHER_TOOLS } from './weather.js';

const MODEL = 'org/model:1';

const user = (text: string): Message => ({ role: 'user', content: [{ text }] });
const resultOf = ({ id: toolUseId }: Call): ContentBlock => ({
  toolResult: { toolUseId, content: [{ text: '7' }] },
});
const toolMessageOf = ({ id }: Call) => ({ role: 'tool', tool_call_id: id, content: '7' });
const toolUseOf = ({ id: toolUseId, name, arguments: input }: Call) => ({
  toolUse: { toolUseId, name, input },
});

/** A stream that begins successfully and continues with `rest`. */
function begunStream(rest: UpstreamScript): UpstreamScript {
  return (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const first = toServerSentEvent(chunk({ role: 'assistant', content: 'One' }));
    response.write(first, () => void rest(request, response));
  };
}

describe.each(TRANSPORTS)('ConverseStream by the AWS SDK over $transport', (transport) => {
  let running: ClientAndService;

  beforeAll(async () => {
    running = await ClientAndService.start(transport);
  });
  afterAll(() => running[Symbol.asyncDispose]());
  beforeEach(() => running.service.reset());

  async function open(
    request: Partial<ConverseStreamCommandInput> = {},
  ): Promise<AsyncIterable<ConverseStreamOutput>> {
    const { stream } = await running.client.send(
      new ConverseStreamCommand({ modelId: MODEL, messages: [user('Hello')], ...request }),
    );
    return stream as AsyncIterable<ConverseStreamOutput>; // the SDK sets it on every answer
  }

  const collect = async (request?: Partial<ConverseStreamCommandInput>) =>
    Array.fromAsync(await open(request));

  /** What is read until the stream throws, and what it throws. */
  async function readUntilFailure(): Promise<{ events: ConverseStreamOutput[]; error: unknown }> {
    const events: ConverseStreamOutput[] = [];
    try {
      for await (const event of await open()) events.push(event);
    } catch (error) {
      return { events, error };
    }
    throw new Error('the stream did not fail');
  }

  it('streams text', async () => {
    running.service.upstream.answerWith(answerChunks(textChunks('Grü', 'ße ✓')));
    expect(await collect({ system: [{ text: 'Be brief.' }] })).toEqual([
      { messageStart: { role: 'assistant' } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Grü' } } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'ße ✓' } } },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { messageStop: { stopReason: 'end_turn' } },
      {
        metadata: {
          usage: { inputTokens: 11, outputTokens: 7, totalTokens: 18 },
          metrics: { latencyMs: expect.any(Number) as number },
        },
      },
    ]);
    expect(running.service.upstreamRequests).toEqual([
      {
        model: MODEL,
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hello' },
        ],
        stream: true,
        stream_options: { include_usage: true },
      },
    ]);
  });

  it('receives a token while the upstream still works on the next', async () => {
    const { promise: seen, resolve: see } = Promise.withResolvers<void>();
    running.service.upstream.answerWith(
      begunStream(async (_request, response) => {
        await seen;
        for (const last of ending('stop')) response.write(toServerSentEvent(last));
        response.end('data: [DONE]\n\n');
      }),
    );
    const kinds: string[] = [];
    for await (const event of await open()) {
      kinds.push(...Object.keys(event));
      if (event.contentBlockDelta) see();
    }
    expect(kinds).toEqual([
      'messageStart',
      'contentBlockDelta',
      'contentBlockStop',
      'messageStop',
      'metadata',
    ]);
  });

  it('makes two rounds with tools, two calls at once', async () => {
    const { service } = running;
    service.upstream.answerWith(
      inTurn(
        answerChunks(toolCallChunks(PARIS, ROME)),
        answerChunks(toolCallChunks(OSLO)),
        answerChunks(textChunks('Oslo ', 'is coldest.')),
      ),
    );
    const messages = [user('Which is coldest?')];
    const stopReasons: unknown[] = [];
    for (const calls of [[PARIS, ROME], [OSLO], []]) {
      const { message, stopReason } = messageOf(await collect({ messages, toolConfig: WEATHER_TOOLS }));
      stopReasons.push(stopReason);
      messages.push(message, { role: 'user', content: calls.map(resultOf) });
    }
    expect(stopReasons).toEqual(['tool_use', 'tool_use', 'end_turn']);
    expect(messages.filter(({ role }) => role === 'assistant').map(({ content }) => content)).toEqual([
      [toolUseOf(PARIS), toolUseOf(ROME)],
      [toolUseOf(OSLO)],
      [{ text: 'Oslo is coldest.' }],
    ]);
    expect(service.upstreamRequests.at(-1)).toMatchObject({
      messages: [
        { role: 'user', content: 'Which is coldest?' },
        { role: 'assistant', tool_calls: [toToolCall(PARIS), toToolCall(ROME)] },
        toolMessageOf(PARIS),
        toolMessageOf(ROME),
        { role: 'assistant', tool_calls: [toToolCall(OSLO)] },
        toolMessageOf(OSLO),
      ],
      tools: [WEATHER_FUNCTION],
    });
  });

  it('receives reasoning before the answer', async () => {
    const { service } = running;
    service.upstream.answerWith(
      answerChunks([
        chunk({ role: 'assistant', reasoning_content: 'Let me ' }),
        chunk({ reasoning_content: 'think.' }),
        chunk({ content: 'Done.' }),
        ...ending('stop'),
      ]),
    );
    const { message } = messageOf(await collect());
    expect(message.content).toEqual([
      {
        reasoningContent: {
          reasoningText: { text: 'Let me think.', signature: expect.any(String) as string },
        },
      },
      { text: 'Done.' },
    ]);
  });

  it('throws the typed error when the upstream fails in the middle', async () => {
    running.service.upstream.answerWith(
      begunStream((_request, response) =>
        response.end(toServerSentEvent(errorBody('The GPU is on fire', { code: 500 }))),
      ),
    );
    const { events, error } = await readUntilFailure();
    expect(events.map((event) => Object.keys(event))).toEqual([['messageStart'], ['contentBlockDelta']]);
    expect(error).toBeInstanceOf(ModelStreamErrorException);
    expect(error).toMatchObject({
      name: 'ModelStreamErrorException',
      message: expect.stringContaining('Retry your request') as string,
      originalStatusCode: 500,
      originalMessage: 'The GPU is on fire',
    });
  });

  it('throws ThrottlingException when the upstream throttles in the middle', async () => {
    running.service.upstream.answerWith(
      begunStream((_request, response) =>
        response.end(toServerSentEvent(errorBody('Slow down', { code: 'rate_limit_exceeded' }))),
      ),
    );
    const { error } = await readUntilFailure();
    expect(error).toBeInstanceOf(ThrottlingException);
  });

  it.each<[string, UpstreamScript]>([
    ['ends without a finish', (_request, response) => response.end()],
    ['breaks the connection', (_request, response) => response.destroy()],
    ['sends garbage', (_request, response) => response.end('data: {"choices":\n\n')],
  ])('throws ModelStreamErrorException when the upstream %s', async (_, rest) => {
    running.service.upstream.answerWith(begunStream(rest));
    const { events, error } = await readUntilFailure();
    expect(error).toBeInstanceOf(ModelStreamErrorException);
    expect(events.some(({ messageStop }) => messageStop)).toBe(false);
  });

  it('is retried when the upstream fails before the first token', async () => {
    const { service } = running;
    service.upstream.answerWith(
      inTurn(
        answerJson(errorBody('Slow down'), 429, { 'retry-after': '0' }),
        answerChunks([chunk({ role: 'assistant' }), errorBody('Overloaded', { code: 503 })]),
        answerChunks(textChunks('Third time')),
      ),
    );
    expect(messageOf(await collect()).message.content).toEqual([{ text: 'Third time' }]);
    expect(service.upstreamRequests).toHaveLength(3);
  });

  it('fails at once when the request is invalid', async () => {
    await expect(open({ messages: [] })).rejects.toMatchObject({ name: 'ValidationException' });
    expect(running.service.upstreamRequests).toEqual([]);
  });
});
