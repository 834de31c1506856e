import { isStepCount, jsonSchema, Output, streamText } from 'ai';
import {
  chunk,
  ending,
  errorBody,
  inTurn,
  textChunks,
  toolCallChunks,
  toToolCall,
} from '../support/answers.js';
import { answerChunks, answerJson, toServerSentEvent } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { aiSdkBedrock } from './ai-sdk-bedrock.js';
import { TOOLS } from './ai-sdk-tools.js';
import { OSLO, PARIS, ROME, WEATHER_SCHEMA } from './weather.js';

describe('The AI SDK, streaming', () => {
  let service: Service;
  let bedrock: ReturnType<typeof aiSdkBedrock>;

  beforeAll(async () => {
    service = await Service.start();
    bedrock = aiSdkBedrock(service.url);
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => service.reset());

  /** Errors are parts of the stream; without a listener they are printed. */
  const onError = () => undefined;

  it('streams text', async () => {
    service.upstream.answerWith(answerChunks(textChunks('Grü', 'ße ✓')));
    const result = streamText({ model: bedrock('m'), prompt: 'Hello', onError });
    expect(await Array.fromAsync(result.textStream)).toEqual(['Grü', 'ße ✓']);
    expect(await result.finishReason).toBe('stop');
    expect(await result.usage).toMatchObject({ inputTokens: 11, outputTokens: 7, totalTokens: 18 });
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
      model: bedrock('m'),
      prompt: 'Which is coldest?',
      tools: TOOLS,
      stopWhen: isStepCount(5),
      onError,
    });
    expect(await result.text).toBe('Rome and Oslo.');
    const steps = await result.steps;
    expect(steps.map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'tool-calls', 'stop']);
    expect(steps.flatMap(({ toolCalls }) => toolCalls.map(({ input }) => input as unknown))).toEqual([
      PARIS.arguments,
      ROME.arguments,
      OSLO.arguments,
    ]);
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

  it('receives reasoning', async () => {
    service.upstream.answerWith(
      answerChunks([
        chunk({ role: 'assistant', reasoning_content: 'Let me ' }),
        chunk({ reasoning_content: 'think.' }),
        chunk({ content: 'Done.' }),
        ...ending('stop'),
      ]),
    );
    const result = streamText({ model: bedrock('m'), prompt: 'Hello', onError });
    expect(await result.text).toBe('Done.');
    expect(await result.reasoningText).toBe('Let me think.');
  });

  it('gets structured output piece by piece', async () => {
    const call = { id: 'call_1', name: 'json', arguments: { city: 'Paris' } };
    service.upstream.answerWith(answerChunks(toolCallChunks(call)));
    const { output } = streamText({
      model: bedrock('m'),
      prompt: 'Where?',
      output: Output.object({
        schema: jsonSchema<{ city: string }>({ ...WEATHER_SCHEMA, required: ['city'] }),
      }),
      onError,
    });
    expect(await output).toEqual({ city: 'Paris' });
  });

  it('reports when the upstream fails in the middle', async () => {
    service.upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
      response.end(toServerSentEvent(errorBody('The GPU is on fire', { code: 500 })));
    });
    const result = streamText({ model: bedrock('m'), prompt: 'Hello', maxRetries: 0, onError });
    const parts = await Array.fromAsync(result.fullStream);
    expect(parts.filter(({ type }) => type === 'text-delta' || type === 'error')).toMatchObject([
      { type: 'text-delta', text: 'One' },
      { type: 'error', error: { message: expect.stringContaining('Retry your request') as string } },
    ]);
    expect(parts.find(({ type }) => type === 'finish')).toMatchObject({ finishReason: 'error' });
  });

  it('retries a failure before the first token', async () => {
    service.upstream.answerWith(
      inTurn(
        answerJson(errorBody('Slow down'), 429, { 'retry-after-ms': '1' }),
        answerChunks(textChunks('Second time')),
      ),
    );
    const result = streamText({ model: bedrock('m'), prompt: 'Hello', onError });
    expect(await result.text).toBe('Second time');
    expect(service.upstreamRequests).toHaveLength(2);
  });

  it('ends the upstream call when it is aborted in the middle', async () => {
    service.upstream.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent(chunk({ content: 'One' })));
    });
    const leaving = new AbortController();
    const result = streamText({ model: bedrock('m'), prompt: 'Hello', abortSignal: leaving.signal, onError });
    for await (const part of result.fullStream) if (part.type === 'text-delta') leaving.abort();
    await service.upstream.socketsDownTo(0);
  });
});
