import { Origins } from '../src/inspector/origin-of.js';
import { readExchanges } from './support/exchange.js';
import { inspected } from './support/inspected.js';
import { isThere, leavesOf } from './support/json-paths.js';
import { Service } from './support/service.js';

const WORDS: ReadonlySet<string> = new Set(['route', 'dialect', 'default']);
const BY_ENVIRONMENT = Map.groupBy(
  readExchanges().filter(({ upstreamRequest }) => isChat(upstreamRequest)),
  ({ environment }) => JSON.stringify(environment),
);

describe.each([...BY_ENVIRONMENT])('with %s', (_, exchanges) => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start({ ...exchanges[0]?.environment, INSPECTOR: 'true' });
  });
  afterAll(() => service[Symbol.asyncDispose]());

  it.each(exchanges)('every value of the chat request has its origin: $name', async (exchange) => {
    const call = await inspected(exchange, service);
    const [attempt] = call.calls;
    const sent: unknown = JSON.parse(attempt?.request.text ?? '');
    const leaves = leavesOf(sent);
    const recorded = new Origins(attempt?.origins ?? []);
    const origins = leaves.map((path) => ({ path, from: recorded.of(path) }));
    expect(origins.filter(({ from }) => from.length === 0)).toEqual([]);
    const named = origins.flatMap(({ path, from }) => from.map((source) => ({ path, source })));
    const wrong = named.filter(
      ({ source }) => !WORDS.has(source) && !isThere(wellFormed(exchange.clientRequest), source.split('.')),
    );
    expect(wrong).toEqual([]);
  });
});

describe('The origin of', () => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start({ INSPECTOR: 'true', OPENAI_DIALECT: 'vllm' });
  });
  afterAll(() => service[Symbol.asyncDispose]());

  it('equal texts stays apart, and follows merged turns', async () => {
    const call = await inspected(
      {
        path: '/model/m/converse',
        isStream: false,
        clientRequest: {
          system: [{ text: 'same' }, { text: 'same' }],
          messages: [
            { role: 'user', content: [{ text: 'same' }] },
            { role: 'user', content: [{ text: 'same' }, { text: 'same' }] },
            {
              role: 'assistant',
              content: [{ text: 'same' }, { toolUse: { toolUseId: 'a', name: 'f', input: {} } }],
            },
            { role: 'user', content: [{ toolResult: { toolUseId: 'a', content: [{ text: 'same' }] } }] },
          ],
          toolConfig: {
            tools: [{ toolSpec: { name: 'f', inputSchema: { json: { properties: { a: {} } } } } }],
          },
          inferenceConfig: { maxTokens: 7, stopSequences: ['x', 'y'] },
          additionalModelRequestFields: { guided: { deep: [1, 2] } },
        },
      },
      service,
    );
    const recorded = new Origins(call.calls[0]?.origins ?? []);
    const from = (path: string) => recorded.of(path);
    expect({
      model: from('model'),
      system: from('messages.0.content'),
      user: from('messages.1.content'),
      assistant: from('messages.2.content'),
      callName: from('messages.2.tool_calls.0.function.name'),
      callInput: from('messages.2.tool_calls.0.function.arguments'),
      result: from('messages.3.content'),
      resultId: from('messages.3.tool_call_id'),
      maxTokens: from('max_tokens'),
      stop: from('stop.1'),
      toolName: from('tools.0.function.name'),
      schema: from('tools.0.function.parameters.properties.a'),
      schemaType: from('tools.0.function.parameters.type'),
      deep: from('guided.deep.1'),
    }).toEqual({
      model: ['route'],
      system: ['system.0.text', 'system.1.text'],
      user: ['messages.0.content.0.text', 'messages.1.content.0.text', 'messages.1.content.1.text'],
      assistant: ['messages.2.content.0.text'],
      callName: ['messages.2.content.1.toolUse.name'],
      callInput: ['messages.2.content.1.toolUse.input'],
      result: ['messages.3.content.0.toolResult.content'],
      resultId: ['messages.3.content.0.toolResult.toolUseId'],
      maxTokens: ['inferenceConfig.maxTokens'],
      stop: ['inferenceConfig.stopSequences.1'],
      toolName: ['toolConfig.tools.0.toolSpec.name'],
      schema: ['toolConfig.tools.0.toolSpec.inputSchema.json.properties.a'],
      schemaType: ['dialect'],
      deep: ['additionalModelRequestFields.guided.deep.1'],
    });
  });
});

/** As the upstream gets it: U+FFFD in place of lone surrogates. */
function wellFormed(value: object): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/(?<!\\)\\ud[89a-f][0-9a-f]{2}/gi, '\ufffd'));
}

function isChat(request: unknown): boolean {
  return typeof request === 'object' && request !== null && 'messages' in request;
}
