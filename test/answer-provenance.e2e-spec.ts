import { Origins } from '../src/inspector/origin-of.js';
import { readExchanges } from './support/exchange.js';
import { inspected } from './support/inspected.js';
import { isThere, leavesOf } from './support/json-paths.js';
import { Service } from './support/service.js';

const WORDS: ReadonlySet<string> = new Set(['route', 'default']);
const BY_ENVIRONMENT = Map.groupBy(readExchanges(), ({ environment }) => JSON.stringify(environment));

describe.each([...BY_ENVIRONMENT])('with %s', (_, exchanges) => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start({ ...exchanges[0]?.environment, INSPECTOR: 'true' });
  });
  afterAll(() => service[Symbol.asyncDispose]());

  it.each(exchanges)('every value, or event, of the answer has its origin: $name', async (exchange) => {
    const call = await inspected(exchange, service);
    const answer: unknown = JSON.parse(call.answer.text);
    const sent: unknown = JSON.parse(call.calls[0]?.answer.text ?? '');
    const recorded = new Origins(call.answerOrigins);
    const paths = exchange.isStream ? Object.keys(answer as object) : leavesOf(answer);
    const origins = paths.map((path) => ({ path, from: recorded.of(path) }));
    expect(origins.filter(({ from }) => from.length === 0)).toEqual([]);
    const named = origins.flatMap(({ path, from }) => from.map((source) => ({ path, source })));
    expect(named.filter(({ source }) => !WORDS.has(source) && !isThere(sent, source.split('.')))).toEqual([]);
  });
});

describe('The origin of', () => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start({ INSPECTOR: 'true' });
  });
  afterAll(() => service[Symbol.asyncDispose]());

  const completion = {
    choices: [
      {
        message: {
          reasoning_content: 'same',
          content: 'same',
          tool_calls: ['a', 'b'].map((id) => ({ id, function: { name: 'f', arguments: '{"x":{"y":1}}' } })),
        },
        finish_reason: 'tool_calls',
      },
    ],
    usage: { prompt_tokens: 9, completion_tokens: 9, prompt_tokens_details: { cached_tokens: 4 } },
  };
  const MESSAGES = [{ role: 'user', content: 'Hello' }];
  const upstreamResponse = Buffer.from(JSON.stringify(completion));

  it('equal texts and counts stays apart', async () => {
    const clientRequest = {
      messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
      additionalModelResponseFieldPaths: ['/usage/prompt_tokens_details'],
    };
    const call = await inspected(
      { path: '/model/m/converse', isStream: false, clientRequest, upstreamResponse },
      service,
    );
    const recorded = new Origins(call.answerOrigins);
    const from = (path: string) => recorded.of(path);
    expect({
      reasoning: from('output.message.content.0.reasoningContent.reasoningText.text'),
      text: from('output.message.content.1.text'),
      secondId: from('output.message.content.3.toolUse.toolUseId'),
      secondInput: from('output.message.content.3.toolUse.input.x.y'),
      stopReason: from('stopReason'),
      inputTokens: from('usage.inputTokens'),
      outputTokens: from('usage.outputTokens'),
      cacheRead: from('usage.cacheReadInputTokens'),
      latency: from('metrics.latencyMs'),
      field: from('additionalModelResponseFields.usage.prompt_tokens_details.cached_tokens'),
    }).toEqual({
      reasoning: ['choices.0.message.reasoning_content'],
      text: ['choices.0.message.content'],
      secondId: ['choices.0.message.tool_calls.1.id'],
      secondInput: ['choices.0.message.tool_calls.1.function.arguments'],
      stopReason: ['choices.0.finish_reason'],
      inputTokens: ['usage.prompt_tokens', 'usage.prompt_tokens_details.cached_tokens'],
      outputTokens: ['usage.completion_tokens'],
      cacheRead: ['usage.prompt_tokens_details.cached_tokens'],
      latency: ['default'],
      field: ['usage.prompt_tokens_details.cached_tokens'],
    });
  });

  it('a native answer leads through Converse to the upstream', async () => {
    const clientRequest = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 9, messages: MESSAGES };
    const call = await inspected(
      { path: '/model/m/invoke', isStream: false, clientRequest, upstreamResponse },
      service,
    );
    const recorded = new Origins(call.answerOrigins);
    const from = (path: string) => recorded.of(path);
    expect([
      from('id'),
      from('content.0.thinking'),
      from('content.1.text'),
      from('content.3.input.x.y'),
      from('stop_reason'),
      from('usage.output_tokens'),
    ]).toEqual([
      ['default'],
      ['choices.0.message.reasoning_content'],
      ['choices.0.message.content'],
      ['choices.0.message.tool_calls.1.function.arguments'],
      ['choices.0.finish_reason'],
      ['usage.completion_tokens'],
    ]);
  });

  it('an event is the chunk that it was made of, also when it had to wait', async () => {
    const chunks = [
      { delta: { content: 'One' } },
      { delta: { content: ' ' } },
      { delta: { content: 'two' } },
      { delta: {}, finish_reason: 'stop' },
    ].map((choice) => ({ choices: [choice] }));
    const stream = [...chunks, { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2 } }];
    const text = stream.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
    const call = await inspected(
      {
        path: '/model/m/converse-stream',
        isStream: true,
        clientRequest: { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] },
        upstreamResponse: Buffer.from(`${text}data: [DONE]\n\n`),
        upstreamContentType: 'text/event-stream',
      },
      service,
    );
    const events = JSON.parse(call.answer.text) as object[];
    const recorded = new Origins(call.answerOrigins);
    const told = events.map((event, index) => [Object.keys(event)[0], recorded.of(String(index))]);
    expect(told).toEqual([
      ['messageStart', ['0']],
      ['contentBlockDelta', ['0']],
      ['contentBlockDelta', ['1']],
      ['contentBlockDelta', ['2']],
      ['contentBlockStop', ['3']],
      ['messageStop', ['3']],
      ['metadata', ['4']],
    ]);
  });
});
