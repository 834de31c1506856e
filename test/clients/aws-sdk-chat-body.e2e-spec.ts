import {
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  ModelStreamErrorException,
  ThrottlingException,
  ValidationException,
} from '@aws-sdk/client-bedrock-runtime';
import { chunk, errorBody, textChunks, textCompletion } from '../support/answers.js';
import {
  answerChunks,
  answerJson,
  answerText,
  toServerSentEvent,
  type UpstreamScript,
} from '../support/scripted-upstream.js';
import { ClientAndService, CLEARTEXT } from './bedrock-client.js';

const MODEL = 'openai.gpt-oss-120b-1:0';
const BODY = { messages: [{ role: 'user', content: 'Hello' }], n: 1, seed: 7, max_completion_tokens: 50 };

const toBody = (body: object) => new TextEncoder().encode(JSON.stringify(body));
const toJson = (bytes: Uint8Array | undefined) =>
  JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;

describe.each(CLEARTEXT)('InvokeModel with a chat completion body over $transport', (transport) => {
  let running: ClientAndService;

  beforeAll(async () => {
    running = await ClientAndService.start(transport);
  });
  afterAll(() => running[Symbol.asyncDispose]());
  beforeEach(() => running.service.reset());

  async function chunksOf(body: object = BODY): Promise<Record<string, unknown>[]> {
    const { body: stream = [], contentType } = await running.client.send(
      new InvokeModelWithResponseStreamCommand({ modelId: MODEL, body: toBody(body) }),
    );
    expect(contentType).toBe('application/json');
    return (await Array.fromAsync(stream)).map((event) => toJson(event.chunk?.bytes));
  }

  it('answers with the completion', async () => {
    running.service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const { body, contentType } = await running.client.send(
      new InvokeModelCommand({ modelId: MODEL, body: toBody(BODY) }),
    );
    expect(contentType).toBe('application/json');
    expect(toJson(body)).toEqual({ ...textCompletion('Hi'), model: MODEL });
    const { max_completion_tokens: max_tokens, ...rest } = BODY;
    expect(running.service.upstreamRequests).toEqual([{ ...rest, model: MODEL, max_tokens, stream: false }]);
  });

  it('streams chunks, and tells usage and metrics in the one that finishes', async () => {
    running.service.upstream.answerWith(answerChunks(textChunks('Grü', 'ße ✓')));
    const chunks = await chunksOf();
    expect(chunks.map(({ choices }) => (choices as { delta: unknown }[])[0]?.delta)).toEqual([
      { role: 'assistant', content: '' },
      { content: 'Grü' },
      { content: 'ße ✓' },
      {},
    ]);
    expect(chunks.at(-1)).toMatchObject({
      usage: { prompt_tokens: 11, completion_tokens: 7 },
      'amazon-bedrock-invocationMetrics': { inputTokenCount: 11, outputTokenCount: 7 },
    });
  });

  it('splits a text that is longer than a chunk may be', async () => {
    const text = 'é'.repeat(400_000);
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: text } };
    running.service.upstream.answerWith(
      answerChunks([chunk({ content: text }), chunk({ tool_calls: [call] }), ...textChunks()]),
    );
    const deltas = (await chunksOf()).map(
      ({ choices }) =>
        (choices as { delta: { content?: string; tool_calls?: { function: { arguments: string } }[] } }[])[0]
          ?.delta,
    );
    expect(deltas.length).toBeGreaterThan(6);
    expect(deltas.map((delta) => delta?.content ?? '').join('')).toBe(text);
    const calls = deltas.flatMap((delta) => delta?.tool_calls ?? []);
    expect(calls.map((each) => each.function.arguments).join('')).toBe(text);
    expect(calls[0]).toMatchObject({ id: 'call_1', function: { name: 'f' } });
  });

  it.each<[name: string, script: UpstreamScript, error: Function]>([
    ['a refused request', answerJson(errorBody('No'), 400), ValidationException],
    ['a rate limit', answerJson(errorBody('No'), 429, { 'retry-after': '0' }), ThrottlingException],
  ])('throws the typed error for %s, whole or streamed', async (_, script, error) => {
    running.service.upstream.answerWith(script);
    const command = new InvokeModelCommand({ modelId: MODEL, body: toBody(BODY) });
    await expect(running.client.send(command)).rejects.toBeInstanceOf(error);
    await expect(chunksOf()).rejects.toBeInstanceOf(error);
  });

  it('throws when the stream breaks', async () => {
    const begun = toServerSentEvent(chunk({ role: 'assistant', content: 'One' }));
    running.service.upstream.answerWith(answerText(begun, 200, 'text/event-stream'));
    await expect(chunksOf()).rejects.toBeInstanceOf(ModelStreamErrorException);
  });

  it('counts its tokens', async () => {
    const command = new CountTokensCommand({
      modelId: MODEL,
      input: { invokeModel: { body: toBody(BODY) } },
    });
    expect((await running.client.send(command)).inputTokens).toBeGreaterThan(1);
    const image = `data:image/png;base64,${Buffer.alloc(300_000).toString('base64')}`;
    const withImage = [{ role: 'user', content: [{ type: 'image_url', image_url: { url: image } }] }];
    const counted = await running.client.send(
      new CountTokensCommand({
        modelId: MODEL,
        input: { invokeModel: { body: toBody({ messages: withImage }) } },
      }),
    );
    expect(counted.inputTokens).toBeLessThan(3_000);
  });
});
