import {
  ConverseStreamCommand,
  type BedrockRuntimeClient,
  type ConverseStreamCommandInput,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { chunk, textChunks, toolCallChunks } from './support/answers.js';
import { bedrockClient } from './clients/bedrock-client.js';
import { decodeEventStream } from './support/event-stream.js';
import { GUARDRAIL, GUARDRAIL_HEADERS, moderation } from './support/guarded-file.js';
import { guardedSuite } from './support/guarded-suite.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';

const CONFIG = { guardrailIdentifier: 'abc123', guardrailVersion: 'DRAFT' };
const MESSAGE = GUARDRAIL.blockedOutputsMessaging;

const suite = guardedSuite();
let client: BedrockRuntimeClient;

beforeAll(() => {
  client = bedrockClient(suite.service.proxy.url);
});
afterAll(() => client.destroy());

const user = (text: string) => ({ role: 'user' as const, content: [{ text }] });

function says(...pieces: string[]): void {
  suite.service.answerWith({ model: answerChunks(textChunks(...pieces)) });
}

async function stream(input: Partial<ConverseStreamCommandInput> = {}): Promise<ConverseStreamOutput[]> {
  const command = new ConverseStreamCommand({
    modelId: 'm',
    messages: [user('Hello')],
    guardrailConfig: CONFIG,
    ...input,
  });
  const answer = await client.send(command);
  return Array.fromAsync(answer.stream ?? []);
}

const asynchronously = { guardrailConfig: { ...CONFIG, streamProcessingMode: 'async' as const } };
const textOf = (events: readonly ConverseStreamOutput[]): string =>
  events.map(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? '').join('');
const stopReasonOf = (events: readonly ConverseStreamOutput[]) =>
  events.find(({ messageStop }) => messageStop)?.messageStop?.stopReason;
const namesOf = (events: readonly ConverseStreamOutput[]) => events.flatMap((event) => Object.keys(event));

describe('A guarded stream', () => {
  it('says the same as any other when nothing is found', async () => {
    says('Hello', ' there. How', ' are you?');
    const events = await stream();
    expect(textOf(events)).toBe('Hello there. How are you?');
    expect(stopReasonOf(events)).toBe('end_turn');
    expect(events.at(-1)).toMatchObject({ metadata: { usage: { inputTokens: 11, outputTokens: 7 } } });
  });

  it('is not begun when the request is blocked', async () => {
    const events = await stream({ messages: [user('forbidden')] });
    expect(namesOf(events)).toEqual([
      'messageStart',
      'contentBlockDelta',
      'contentBlockStop',
      'messageStop',
      'metadata',
    ]);
    expect(textOf(events)).toBe(GUARDRAIL.blockedInputMessaging);
    expect(stopReasonOf(events)).toBe('guardrail_intervened');
    expect(suite.service.asked['model']).toBe(0);
  });

  it('is masked, wherever the deltas end', async () => {
    says('Ask ana', '@exam', 'ple.com or T-', '12', '34 now. ', 'Thanks');
    const events = await stream();
    expect(textOf(events)).toBe('Ask {EMAIL} or {ticket} now. Thanks');
    expect(stopReasonOf(events)).toBe('guardrail_intervened');
  });

  it('ends with the message when nothing was sent before', async () => {
    says('for', 'bidden words', ' and more');
    const events = await stream();
    expect(namesOf(events)).toEqual([
      'messageStart',
      'contentBlockDelta',
      'contentBlockStop',
      'messageStop',
      'metadata',
    ]);
    expect(textOf(events)).toBe(MESSAGE);
  });

  it('ends without another word when some was sent before', async () => {
    const before = 'This is fine. '.repeat(40);
    says(before, 'Then for', 'bidden words', ' and more');
    const events = await stream();
    expect(before.startsWith(textOf(events))).toBe(true);
    expect(textOf(events)).not.toBe('');
    expect(namesOf(events).slice(-3)).toEqual(['contentBlockStop', 'messageStop', 'metadata']);
    expect(stopReasonOf(events)).toBe('guardrail_intervened');
  });

  it('does not hold back calls of tools', async () => {
    suite.service.answerWith({
      model: answerChunks(toolCallChunks({ id: 'c1', name: 'f', arguments: { a: 'forbidden' } })),
    });
    const toolConfig = { tools: [{ toolSpec: { name: 'f', inputSchema: { json: { type: 'object' } } } }] };
    const events = await stream({ toolConfig });
    const input = events
      .map(({ contentBlockDelta }) => contentBlockDelta?.delta?.toolUse?.input ?? '')
      .join('');
    expect(JSON.parse(input)).toEqual({ a: 'forbidden' });
    expect(stopReasonOf(events)).toBe('tool_use');
  });

  it('shows in its metadata what was found', async () => {
    says('Ask ana@example.com');
    const events = await stream({ guardrailConfig: { ...CONFIG, trace: 'enabled' } });
    expect(events.at(-1)?.metadata?.trace?.guardrail).toMatchObject({
      inputAssessment: { abc123: {} },
      outputAssessments: {
        abc123: [
          {
            sensitiveInformationPolicy: { piiEntities: [{ match: 'ana@example.com', action: 'ANONYMIZED' }] },
          },
        ],
      },
      modelOutput: ['Ask ana@example.com'],
      actionReason: 'Guardrail masked.',
    });
  });

  it('is filtered before it is sent', async () => {
    suite.service.answerWith({
      model: answerChunks(textChunks('Some ', 'hateful ', 'words.')),
      moderation: (request, response) => {
        const { input } = request.body as { input: string[] };
        answerJson(moderation(input[0]?.includes('hateful') ? { hate: 0.9 } : {}))(request, response);
      },
    });
    const guardrailConfig = { guardrailIdentifier: 'filter1', guardrailVersion: 'DRAFT' };
    const events = await stream({ guardrailConfig });
    expect(textOf(events)).toBe('Not said.');
    expect(stopReasonOf(events)).toBe('guardrail_intervened');
  });

  it('is refused with an unknown guardrail', async () => {
    const guardrailConfig = { ...CONFIG, guardrailIdentifier: 'xyz' };
    await expect(stream({ guardrailConfig })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('fails when the upstream fails behind the first event', async () => {
    const error = { error: { message: 'broken', code: 500 } };
    suite.service.answerWith({ model: answerChunks([chunk({ content: 'Hi there. ' }), error]) });
    await expect(stream()).rejects.toMatchObject({ name: 'ModelStreamErrorException' });
  });
});

describe('A stream that is guarded behind', () => {
  it('is sent as it comes, and only reports what it would mask', async () => {
    says('Ask ana@example.com. ');
    const events = await stream(asynchronously);
    expect(textOf(events)).toBe('Ask ana@example.com. ');
    expect(stopReasonOf(events)).toBe('end_turn');
    const response = await suite.service.open('m', { messages: [user('Hello')], ...asynchronously });
    expect(response.headers.get('x-proxy-ignored-parameters')).toBe('guardrailConfig.streamProcessingMode');
    await response.arrayBuffer();
  });

  it('ends with the message behind the text', async () => {
    says(
      'A first sentence. ',
      'Then forbidden words that go on and on for a while. ',
      'And more. '.repeat(30),
      'never',
    );
    const events = await stream(asynchronously);
    expect(textOf(events).startsWith('A first sentence. ')).toBe(true);
    expect(textOf(events).endsWith(MESSAGE)).toBe(true);
    expect(textOf(events)).not.toContain('never');
    expect(stopReasonOf(events)).toBe('guardrail_intervened');
  });

  it('waits at its end for what is still examined', async () => {
    const scores: Record<string, number>[] = [{}, { hate: 0.9 }];
    suite.service.answerWith({
      model: answerChunks(textChunks('Some words.')),
      moderation: (request, response) => answerJson(moderation(scores.shift() ?? {}))(request, response),
    });
    const guardrailConfig = {
      guardrailIdentifier: 'filter1',
      guardrailVersion: 'DRAFT',
      streamProcessingMode: 'async' as const,
    };
    const events = await stream({ guardrailConfig });
    expect(textOf(events)).toContain('Not said.');
    expect(stopReasonOf(events)).toBe('guardrail_intervened');
  });
});

describe('A guarded stream of InvokeModel', () => {
  it('says in its last chunk what the guardrail did', async () => {
    const headers = { ...GUARDRAIL_HEADERS, 'x-amzn-bedrock-trace': 'ENABLED' };
    const body = JSON.stringify({
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hello' }],
    });
    const call = async (text: string) => {
      says(text);
      const url = `${suite.service.proxy.url}/model/anthropic.claude-x/invoke-with-response-stream`;
      const response = await fetch(url, { method: 'POST', headers, body });
      const events = decodeEventStream(new Uint8Array(await response.arrayBuffer()));
      const { bytes } = (events.at(-1) as { chunk: { bytes: string } }).chunk;
      return JSON.parse(Buffer.from(bytes, 'base64').toString()) as Record<string, unknown>;
    };
    expect(await call('forbidden')).toMatchObject({
      type: 'message_stop',
      'amazon-bedrock-guardrailAction': 'INTERVENED',
      'amazon-bedrock-trace': {
        guardrail: { input: { abc123: {} }, outputs: [{ abc123: { wordPolicy: {} } }] },
      },
    });
    expect(await call('fine')).toMatchObject({ 'amazon-bedrock-guardrailAction': 'NONE' });
  });
});
