import {
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  ModelStreamErrorException,
  ThrottlingException,
  ValidationException,
} from '@aws-sdk/client-bedrock-runtime';
import {
  chunk,
  errorBody,
  textChunks,
  textCompletion,
  toolCallChunks,
  toolCallsCompletion,
} from '../support/answers.js';
import { answerChunks, answerJson, toServerSentEvent } from '../support/scripted-upstream.js';
import { ClientAndService, TRANSPORTS } from './bedrock-client.js';
import { PARIS, WEATHER_FUNCTION, WEATHER_TOOLS } from './weather.js';

const MODEL = 'us.amazon.nova-lite-v1:0';
const HELLO = {
  messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
  inferenceConfig: { maxTokens: 9 },
};
const WEATHER = { ...HELLO, toolConfig: WEATHER_TOOLS };

const input = (body: object) => ({
  modelId: MODEL,
  contentType: 'application/json',
  accept: 'application/json',
  body: JSON.stringify(body),
});

interface Chunk {
  readonly [member: string]: unknown;
}

describe.each(TRANSPORTS)('InvokeModel by the AWS SDK over $transport', (transport) => {
  let running: ClientAndService;

  beforeAll(async () => {
    running = await ClientAndService.start(transport);
  });
  afterAll(() => running[Symbol.asyncDispose]());
  beforeEach(() => running.service.reset());

  async function invoke(body: object): Promise<unknown> {
    const answer = await running.client.send(new InvokeModelCommand(input(body)));
    expect(answer.contentType).toBe('application/json');
    return JSON.parse(answer.body.transformToString());
  }

  /** Every chunk is passed to `seen` as it comes. */
  async function stream(body: object, seen: Chunk[] = [], abortSignal?: AbortSignal): Promise<Chunk[]> {
    const command = new InvokeModelWithResponseStreamCommand(input(body));
    const answer = await running.client.send(command, { abortSignal });
    expect(answer.contentType).toBe('application/json');
    for await (const { chunk } of answer.body ?? []) {
      seen.push(JSON.parse(Buffer.from(chunk?.bytes ?? []).toString()) as Chunk); // a chunk is a JSON object
    }
    return seen;
  }

  it('gets a text', async () => {
    running.service.upstream.answerWith(answerJson(textCompletion('Hi')));
    expect(await invoke(HELLO)).toMatchObject({
      output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 11, outputTokens: 7, totalTokens: 18 },
    });
  });

  it('gets a tool call', async () => {
    running.service.upstream.answerWith(answerJson(toolCallsCompletion(PARIS)));
    expect(await invoke(WEATHER)).toMatchObject({
      output: {
        message: {
          content: [{ toolUse: { toolUseId: PARIS.id, name: PARIS.name, input: PARIS.arguments } }],
        },
      },
      stopReason: 'tool_use',
    });
    expect(running.service.upstreamRequests).toEqual([
      expect.objectContaining({ tools: [WEATHER_FUNCTION] }),
    ]);
  });

  it('streams a text, and the metrics at its end', async () => {
    running.service.upstream.answerWith(answerChunks(textChunks('Hi', '!')));
    const chunks = await stream(HELLO);
    expect(chunks.slice(0, -1)).toEqual([
      { messageStart: { role: 'assistant' } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hi' } } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: '!' } } },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { messageStop: { stopReason: 'end_turn' } },
    ]);
    expect(chunks.at(-1)).toMatchObject({
      metadata: { usage: { inputTokens: 11, outputTokens: 7 } },
      'amazon-bedrock-invocationMetrics': { inputTokenCount: 11, outputTokenCount: 7 },
    });
  });

  it('streams a tool call', async () => {
    running.service.upstream.answerWith(answerChunks(toolCallChunks(PARIS)));
    const inputs = (await stream(WEATHER)).map(({ contentBlockDelta }) => {
      const { delta } = (contentBlockDelta ?? { delta: {} }) as { delta: { toolUse?: { input: string } } };
      return delta.toolUse?.input ?? '';
    });
    expect(JSON.parse(inputs.join(''))).toEqual(PARIS.arguments);
  });

  it('gets typed errors', async () => {
    await expect(invoke({ ...HELLO, messages: [] })).rejects.toThrow(ValidationException);
    await expect(stream({ prompt: 7 })).rejects.toThrow(ValidationException);
    const busy = answerJson(errorBody('slow down'), 429, { 'retry-after': '0' });
    running.service.upstream.answerWith(busy);
    await expect(stream(HELLO)).rejects.toThrow(ThrottlingException);
  });

  it('gets a typed error when the stream breaks', async () => {
    running.service.upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
      response.socket?.end();
    });
    const seen: Chunk[] = [];
    await expect(stream(HELLO, seen)).rejects.toThrow(ModelStreamErrorException);
    expect(seen).toEqual([
      { messageStart: { role: 'assistant' } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'One' } } },
    ]);
  });

  it('ends the upstream call when it leaves', async () => {
    const { upstream } = running.service;
    const leaving = new AbortController();
    upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })), () => leaving.abort());
    });
    await stream(HELLO, [], leaving.signal).catch(() => undefined); // over HTTP/2 the SDK just ends
    await upstream.socketsDownTo(0);
    expect(upstream.requests).toHaveLength(1);
  });
});
