import {
  ConverseCommand,
  type ConverseCommandInput,
  type Message,
  type ToolResultBlock,
} from '@aws-sdk/client-bedrock-runtime';
import { inTurn, textCompletion, toolCallsCompletion, toToolCall, type Call } from '../support/answers.js';
import { answerJson } from '../support/scripted-upstream.js';
import { ClientAndService, TRANSPORTS } from './bedrock-client.js';
import { OSLO, PARIS, ROME, WEATHER_FUNCTION, WEATHER_TOOLS } from './weather.js';

const MODEL = 'org/model:1';
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

const user = (text: string): Message => ({ role: 'user', content: [{ text }] });
const resultOf = (call: Call): { toolResult: ToolResultBlock } => ({
  toolResult: { toolUseId: call.id, content: [{ json: { celsius: call.id.length } }] },
});
const toolUseOf = ({ id: toolUseId, name, arguments: input }: Call) => ({
  toolUse: { toolUseId, name, input },
});
const toolMessageOf = ({ id }: Call) => ({
  role: 'tool',
  tool_call_id: id,
  content: JSON.stringify({ celsius: id.length }),
});

describe.each(TRANSPORTS)('Converse by the AWS SDK over $transport', (transport) => {
  let running: ClientAndService;
  const converse = (request: Omit<ConverseCommandInput, 'modelId'>) =>
    running.client.send(new ConverseCommand({ modelId: MODEL, ...request }));

  beforeAll(async () => {
    running = await ClientAndService.start(transport);
  });
  afterAll(() => running[Symbol.asyncDispose]());
  beforeEach(() => running.service.reset());

  it('returns text', async () => {
    const { service } = running;
    service.upstream.answerWith(answerJson(textCompletion('Grüße ✓')));
    const { $metadata, metrics, ...answer } = await converse({
      system: [{ text: 'Be brief.' }, { text: 'Be kind.' }],
      messages: [user('Hello'), { role: 'assistant', content: [{ text: 'Hi' }] }, user('Again')],
      inferenceConfig: { maxTokens: 50, temperature: 0.5, topP: 0.9, stopSequences: ['END'] },
    });
    expect(answer).toEqual({
      output: { message: { role: 'assistant', content: [{ text: 'Grüße ✓' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 11, outputTokens: 7, totalTokens: 18 },
    });
    expect(metrics?.latencyMs).toBeGreaterThan(0);
    expect($metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 });
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(service.upstreamRequests).toEqual([
      {
        model: MODEL,
        stream: false,
        messages: [
          { role: 'system', content: 'Be brief.\n\nBe kind.' },
          { role: 'user', content: 'Hello' },
          { role: 'assistant', content: 'Hi' },
          { role: 'user', content: 'Again' },
        ],
        max_tokens: 50,
        temperature: 0.5,
        top_p: 0.9,
        stop: ['END'],
      },
    ]);
  });

  it('sends an image', async () => {
    const { service } = running;
    service.upstream.answerWith(answerJson(textCompletion('A dot')));
    await converse({
      messages: [
        {
          role: 'user',
          content: [{ text: 'What is it?' }, { image: { format: 'png', source: { bytes: PNG } } }],
        },
      ],
    });
    const image_url = { url: `data:image/png;base64,${PNG.toString('base64')}` };
    expect(service.upstreamRequests).toEqual([
      {
        model: MODEL,
        stream: false,
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

  it('sends a request of several megabytes', async () => {
    const { service } = running;
    const bytes = Buffer.alloc(3_000_000, 7);
    service.upstream.answerWith(answerJson(textCompletion('Big')));
    await converse({
      messages: [{ role: 'user', content: [{ image: { format: 'png', source: { bytes } } }] }],
    });
    const url = `data:image/png;base64,${bytes.toString('base64')}`;
    expect(service.upstreamRequests).toMatchObject([
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }] },
    ]);
  });

  it('makes two rounds with tools, two calls at once', async () => {
    const { service } = running;
    service.upstream.answerWith(
      inTurn(
        answerJson(toolCallsCompletion(PARIS, ROME)),
        answerJson(toolCallsCompletion(OSLO)),
        answerJson(textCompletion('Oslo is coldest.')),
      ),
    );
    const messages = [user('Which is coldest?')];
    const stopReasons: (string | undefined)[] = [];
    for (const calls of [[PARIS, ROME], [OSLO], []]) {
      const { output, stopReason } = await converse({ messages, toolConfig: WEATHER_TOOLS });
      stopReasons.push(stopReason);
      messages.push(output?.message as Message); // every answer of the proxy has one
      messages.push({ role: 'user', content: calls.map(resultOf) });
    }
    expect(stopReasons).toEqual(['tool_use', 'tool_use', 'end_turn']);
    expect(messages.filter(({ role }) => role === 'assistant').map(({ content }) => content)).toEqual([
      [toolUseOf(PARIS), toolUseOf(ROME)],
      [toolUseOf(OSLO)],
      [{ text: 'Oslo is coldest.' }],
    ]);
    expect(service.upstreamRequests.at(-1)).toEqual({
      model: MODEL,
      stream: false,
      messages: [
        { role: 'user', content: 'Which is coldest?' },
        { role: 'assistant', content: null, tool_calls: [toToolCall(PARIS), toToolCall(ROME)] },
        toolMessageOf(PARIS),
        toolMessageOf(ROME),
        { role: 'assistant', content: null, tool_calls: [toToolCall(OSLO)] },
        toolMessageOf(OSLO),
      ],
      tools: [WEATHER_FUNCTION],
    });
  });

  it('requests structured output', async () => {
    const { service } = running;
    const schema = {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    };
    service.upstream.answerWith(answerJson(textCompletion('{"city":"Paris"}')));
    const { output } = await converse({
      messages: [user('Where?')],
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { name: 'place', schema: JSON.stringify(schema) } },
        },
      },
    });
    expect(output?.message?.content).toEqual([{ text: '{"city":"Paris"}' }]);
    expect(service.upstreamRequests).toMatchObject([
      { response_format: { type: 'json_schema', json_schema: { name: 'place', schema, strict: true } } },
    ]);
  });

  it('shows which parameters were ignored', async () => {
    const { service, client } = running;
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    let headers: Record<string, string> = {};
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        headers = (result.response as { headers: Record<string, string> }).headers; // an HttpResponse at this step
        return result;
      },
      { step: 'deserialize', name: 'headers', override: true },
    );
    await converse({ messages: [user('Hello')], requestMetadata: { team: 'a' } });
    client.middlewareStack.remove('headers');
    expect(headers['x-proxy-ignored-parameters']).toBe('requestMetadata');
  });
});
