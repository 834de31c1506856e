import { APICallError, generateText, isStepCount, jsonSchema, Output, RetryError } from 'ai';
import {
  byModel,
  completion,
  errorBody,
  inTurn,
  textCompletion,
  toolCallsCompletion,
  toToolCall,
} from '../support/answers.js';
import { answerJson, type UpstreamScript } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { aiSdkBedrock } from './ai-sdk-bedrock.js';
import { TOOLS } from './ai-sdk-tools.js';
import { OSLO, PARIS, ROME, WEATHER_FUNCTION } from './weather.js';

const CLAUDE = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

const refuse = (status: number, details = {}): UpstreamScript =>
  answerJson(errorBody('No', details), status, { 'retry-after-ms': '1' });

/** The upstream's behaviour, and the status that the client gets. */
const FINAL: [string, UpstreamScript, number][] = [
  ['400', refuse(400), 400],
  ['403', refuse(403), 403],
  ['404-for-the-model', refuse(404, { code: 'model_not_found' }), 404],
  ['402', refuse(402), 400],
  ['unusable', answerJson({}), 424],
];
const PASSING: [string, UpstreamScript, number][] = [
  ['429', refuse(429), 429],
  ['500', refuse(500), 500],
  ['503', refuse(503), 503],
  ['broken-connection', (_request, response) => response.destroy(), 500],
];

describe('The AI SDK', () => {
  let service: Service;
  let bedrock: ReturnType<typeof aiSdkBedrock>;

  beforeAll(async () => {
    service = await Service.start();
    bedrock = aiSdkBedrock(service.url);
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => service.reset());

  it('generates text', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Grüße ✓')));
    const { text, finishReason, usage, warnings } = await generateText({
      model: bedrock('org/model:1'),
      instructions: 'Be brief.',
      prompt: 'Hello',
      maxOutputTokens: 50,
      temperature: 0.5,
    });
    expect({ text, finishReason, warnings }).toEqual({ text: 'Grüße ✓', finishReason: 'stop', warnings: [] });
    expect(usage).toMatchObject({ inputTokens: 11, outputTokens: 7, totalTokens: 18 });
    expect(service.upstreamRequests).toEqual([
      {
        model: 'org/model:1',
        stream: false,
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hello' },
        ],
        max_tokens: 50,
        temperature: 0.5,
      },
    ]);
  });

  it('calls a model by its ARN, whose slashes it does not encode', async () => {
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    await generateText({ model: bedrock(arn), prompt: 'Hello' });
    expect(service.upstreamRequests).toMatchObject([{ model: arn }]);
  });

  it('sends an image', async () => {
    service.upstream.answerWith(answerJson(textCompletion('A dot')));
    await generateText({
      model: bedrock('m'),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is it?' },
            { type: 'file', data: PNG, mediaType: 'image/png' },
          ],
        },
      ],
    });
    const image_url = { url: `data:image/png;base64,${PNG.toString('base64')}` };
    expect(service.upstreamRequests).toMatchObject([
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is it?' },
              { type: 'image_url', image_url },
            ],
          },
        ],
      },
    ]);
  });

  it('makes several steps with tools, two calls at once', async () => {
    service.upstream.answerWith(
      inTurn(
        answerJson(toolCallsCompletion(PARIS, ROME)),
        answerJson(toolCallsCompletion(OSLO)),
        answerJson(textCompletion('Rome and Oslo.')),
      ),
    );
    const { text, steps } = await generateText({
      model: bedrock('m'),
      prompt: 'Which is coldest?',
      tools: TOOLS,
      stopWhen: isStepCount(5),
    });
    expect(text).toBe('Rome and Oslo.');
    expect(steps.map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'tool-calls', 'stop']);
    expect(steps.map(({ toolCalls }) => toolCalls.map(({ toolCallId }) => toolCallId))).toEqual([
      [PARIS.id, ROME.id],
      [OSLO.id],
      [],
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
      tools: [WEATHER_FUNCTION],
    });
  });

  it('receives reasoning, and sends it back', async () => {
    service.upstream.answerWith(
      inTurn(
        answerJson(completion({ reasoning_content: 'Let me think.', content: 'Done.' })),
        answerJson(textCompletion('Again.')),
      ),
    );
    const prompt = { role: 'user', content: 'Hello' } as const;
    const { reasoningText, response } = await generateText({ model: bedrock('m'), messages: [prompt] });
    expect(reasoningText).toBe('Let me think.');
    const { text } = await generateText({
      model: bedrock('m'),
      messages: [prompt, ...response.messages, prompt],
    });
    expect(text).toBe('Again.');
  });

  const city = jsonSchema<{ city: string }>({
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  });

  it('gets structured output by a forced tool from an unknown model', async () => {
    service.upstream.answerWith(
      answerJson(toolCallsCompletion({ id: 'call_1', name: 'json', arguments: { city: 'Paris' } })),
    );
    const { output } = await generateText({
      model: bedrock('m'),
      prompt: 'Where?',
      output: Output.object({ schema: city }),
    });
    expect(output).toEqual({ city: 'Paris' });
    expect(service.upstreamRequests).toMatchObject([
      { tools: [{ function: { name: 'json', parameters: city.jsonSchema } }], tool_choice: 'required' },
    ]);
  });

  it('gets structured output by a schema from a model of Anthropic’s', async () => {
    service.upstream.answerWith(answerJson(textCompletion('{"city":"Paris"}')));
    const { output } = await generateText({
      model: bedrock(CLAUDE),
      prompt: 'Where?',
      output: Output.object({ schema: city }),
    });
    expect(output).toEqual({ city: 'Paris' });
    expect(service.upstreamRequests).toMatchObject([
      { response_format: { type: 'json_schema', json_schema: { schema: city.jsonSchema } } },
    ]);
  });

  describe('when the upstream fails', () => {
    let errors: Map<string, unknown>;

    /**
     * All run at once, each with a model of its own, because the waits between attempts would add up otherwise.
     */
    beforeAll(async () => {
      const table = [...FINAL, ...PASSING];
      service.upstream.answerWith(byModel(new Map(table.map(([failure, script]) => [failure, script]))));
      const failures = table.map(async ([failure]) => {
        const answer = generateText({ model: bedrock(failure), prompt: 'Hello', maxRetries: 1 });
        return [failure, await answer.catch((error: unknown) => error)] as const;
      });
      errors = new Map(await Promise.all(failures));
    });

    it.each(FINAL)('does not retry permanent failures: %s', (failure, _, statusCode) => {
      const error = errors.get(failure);
      expect(APICallError.isInstance(error)).toBe(true);
      expect(error).toMatchObject({
        statusCode,
        isRetryable: false,
        message: expect.stringMatching(/[a-z]/) as string,
      });
    });

    it.each(PASSING)('retries temporary failures: %s', (failure, _, statusCode) => {
      const error = errors.get(failure);
      expect(error).toBeInstanceOf(RetryError);
      expect((error as RetryError).errors).toMatchObject([{ statusCode }, { statusCode, isRetryable: true }]);
    });
  });

  it('ends the upstream call when it is aborted', async () => {
    const leaving = new AbortController();
    const failure = expect(
      generateText({ model: bedrock('m'), prompt: 'Hello', abortSignal: leaving.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    await service.upstream.received(1);
    leaving.abort();
    await failure;
    await service.upstream.socketsDownTo(0);
  });
});
