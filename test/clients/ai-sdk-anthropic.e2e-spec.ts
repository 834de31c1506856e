import { type BedrockAnthropicProvider, createBedrockAnthropic } from '@ai-sdk/amazon-bedrock/anthropic';
import { APICallError, generateText, isStepCount, jsonSchema, Output, streamText } from 'ai';
import {
  chunk,
  completion,
  ending,
  errorBody,
  inTurn,
  textChunks,
  textCompletion,
  toolCallChunks,
  toToolCall,
} from '../support/answers.js';
import { answerChunks, answerJson, toServerSentEvent } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { TOOLS } from './ai-sdk-tools.js';
import { OSLO, PARIS, ROME, WEATHER_SCHEMA } from './weather.js';

const MODEL = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
describe("The AI SDK's provider for Anthropic's models on Bedrock", () => {
  let service: Service;
  let anthropic: BedrockAnthropicProvider;

  beforeAll(async () => {
    service = await Service.start();
    anthropic = createBedrockAnthropic({
      baseURL: service.url,
      region: 'us-east-1',
      accessKeyId: 'any',
      secretAccessKey: 'any',
    });
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => service.reset());

  /** Errors are parts of the stream; without a listener they are printed. */
  const onError = () => undefined;

  it('generates text', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Grüße ✓')));
    const { text, finishReason, usage } = await generateText({
      model: anthropic(MODEL),
      prompt: 'Hello',
      temperature: 0.2,
      maxOutputTokens: 100,
    });
    expect({ text, finishReason }).toEqual({ text: 'Grüße ✓', finishReason: 'stop' });
    expect(usage).toMatchObject({ inputTokens: 11, outputTokens: 7 });
    expect(service.upstreamRequests).toMatchObject([{ model: MODEL, max_tokens: 100, temperature: 0.2 }]);
  });

  it('streams text', async () => {
    service.upstream.answerWith(answerChunks(textChunks('Grü', 'ße ✓')));
    const result = streamText({ model: anthropic(MODEL), prompt: 'Hello', onError });
    expect(await Array.fromAsync(result.textStream)).toEqual(['Grü', 'ße ✓']);
    expect(await result.finishReason).toBe('stop');
    expect(await result.usage).toMatchObject({ inputTokens: 11, outputTokens: 7 });
  });

  it('makes several steps with tools, two calls at once', async () => {
    service.upstream.answerWith(
      inTurn(
        answerChunks(toolCallChunks(PARIS, ROME)),
        answerChunks(toolCallChunks(OSLO)),
        answerChunks(textChunks('Rome ', 'and Oslo.')),
      ),
    );
    const result = streamText({
      model: anthropic(MODEL),
      prompt: 'Which is coldest?',
      tools: TOOLS,
      stopWhen: isStepCount(5),
      onError,
    });
    expect(await result.text).toBe('Rome and Oslo.');
    expect(service.upstreamRequests.at(-1)).toMatchObject({
      messages: [
        { role: 'user', content: 'Which is coldest?' },
        { role: 'assistant', tool_calls: [toToolCall(PARIS), toToolCall(ROME)] },
        { role: 'tool', tool_call_id: PARIS.id, content: '{"celsius":5}' },
        { role: 'tool', tool_call_id: ROME.id, content: '{"celsius":4}' },
        { role: 'assistant', tool_calls: [toToolCall(OSLO)] },
        { role: 'tool', tool_call_id: OSLO.id, content: '{"celsius":4}' },
      ],
    });
  });

  it('gets reasoning, whole and streamed', async () => {
    service.upstream.answerWith(
      inTurn(
        answerJson(completion({ reasoning_content: 'Let me think.', content: 'Done.' })),
        answerChunks([
          chunk({ role: 'assistant', reasoning_content: 'Let me ' }),
          chunk({ reasoning_content: 'think.' }),
          chunk({ content: 'Done.' }),
          ...ending('stop'),
        ]),
      ),
    );
    const whole = await generateText({ model: anthropic(MODEL), prompt: 'Hello' });
    expect(whole).toMatchObject({ text: 'Done.', reasoningText: 'Let me think.' });
    const streamed = streamText({ model: anthropic(MODEL), prompt: 'Hello', onError });
    expect(await streamed.text).toBe('Done.');
    expect(await streamed.reasoningText).toBe('Let me think.');
  });

  it('shows an image', async () => {
    service.upstream.answerWith(answerJson(textCompletion('A picture.')));
    await generateText({
      model: anthropic(MODEL),
      messages: [{ role: 'user', content: [{ type: 'file', data: PNG, mediaType: 'image/png' }] }],
    });
    const url = `data:image/png;base64,${PNG.toString('base64')}`;
    expect(service.upstreamRequests).toMatchObject([
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }] },
    ]);
  });

  it('gets structured output', async () => {
    service.upstream.answerWith(
      answerJson(completion({ tool_calls: [toToolCall({ ...PARIS, name: 'json' })] }, 'tool_calls')),
    );
    const schema = jsonSchema<{ city: string }>({ ...WEATHER_SCHEMA, required: ['city'] });
    const { output } = await generateText({
      model: anthropic('anthropic.claude-3-haiku-20240307-v1:0'),
      prompt: 'Where?',
      output: Output.object({ schema }),
    });
    expect(output).toEqual({ city: 'Paris' });
  });

  it('retries what may pass, and names the path of what may not', async () => {
    service.upstream.answerWith(
      inTurn(
        answerJson(errorBody('Slow down'), 429, { 'retry-after-ms': '1' }),
        answerJson(textCompletion('Second time')),
      ),
    );
    const { text } = await generateText({ model: anthropic(MODEL), prompt: 'Hello' });
    expect(text).toBe('Second time');
    const failure = await generateText({
      model: anthropic(MODEL),
      prompt: 'Hello',
      providerOptions: { anthropic: { container: { id: 'c' } } },
    }).catch((error: unknown) => error);
    expect(APICallError.isInstance(failure)).toBe(true);
    expect(failure).toMatchObject({
      statusCode: 400,
      responseBody: expect.stringContaining('container') as string,
    });
  });

  it('reports when the upstream fails in the middle', async () => {
    service.upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
      response.end(toServerSentEvent(errorBody('The GPU is on fire', { code: 500 })));
    });
    const result = streamText({ model: anthropic(MODEL), prompt: 'Hello', maxRetries: 0, onError });
    const parts = await Array.fromAsync(result.fullStream);
    expect(parts.map(({ type }) => type)).toEqual(expect.arrayContaining(['text-delta', 'error']));
  });

  it('ends the upstream call when it is aborted in the middle', async () => {
    service.upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
    });
    const leaving = new AbortController();
    const result = streamText({
      model: anthropic(MODEL),
      prompt: 'Hello',
      abortSignal: leaving.signal,
      onError,
    });
    for await (const part of result.fullStream) if (part.type === 'text-delta') leaving.abort();
    await service.upstream.socketsDownTo(0);
  });
});
