import {
  ConverseCommand,
  type BedrockRuntimeClient,
  type ConverseCommandInput,
} from '@aws-sdk/client-bedrock-runtime';
import { completion, textCompletion, toToolCall } from './support/answers.js';
import { bedrockClient } from './clients/bedrock-client.js';
import { GUARDED_FILE, GUARDRAIL, moderation } from './support/guarded-file.js';
import { guardedSuite } from './support/guarded-suite.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson } from './support/scripted-upstream.js';

const CONFIG = { guardrailIdentifier: 'abc123', guardrailVersion: 'DRAFT' };
const CALL = toToolCall({ id: 'c1', name: 'f', arguments: { secret: 'forbidden' } });

const suite = guardedSuite();
let client: BedrockRuntimeClient;

beforeAll(() => {
  client = bedrockClient(suite.service.proxy.url);
});
afterAll(() => client.destroy());

function says(content: string): void {
  suite.service.answerWith({ model: answerJson(textCompletion(content)) });
}

const user = (...texts: string[]) => ({ role: 'user' as const, content: texts.map((text) => ({ text })) });
const guarded = (text: string, ...qualifiers: ('grounding_source' | 'query' | 'guard_content')[]) => ({
  guardContent: { text: { text, ...(qualifiers.length > 0 && { qualifiers }) } },
});

async function converse(input: Partial<ConverseCommandInput>) {
  const { $metadata: _, ...answer } = await client.send(
    new ConverseCommand({ modelId: 'm', messages: [user('Hello')], guardrailConfig: CONFIG, ...input }),
  );
  return answer;
}

describe('A guarded Converse', () => {
  it('answers as any other when nothing is found', async () => {
    expect(await converse({})).toMatchObject({
      output: { message: { content: [{ text: 'Hi' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 11 },
    });
    expect(suite.sentMessages).toEqual([{ role: 'user', content: 'Hello' }]);
  });

  it('is not sent when its text is blocked', async () => {
    const answer = await converse({ messages: [user('a forbidden question')] });
    expect(answer).toEqual({
      output: { message: { role: 'assistant', content: [{ text: GUARDRAIL.blockedInputMessaging }] } },
      stopReason: 'guardrail_intervened',
      usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
      metrics: { latencyMs: expect.any(Number) as number },
    });
    expect(suite.service.asked['model']).toBe(0);
  });

  it('is sent with masked text', async () => {
    const messages = [
      user('I am ana@example.com', 'see T-1234'),
      { role: 'assistant' as const, content: [{ text: 'bob@example.com' }] },
      user('go on'),
    ];
    expect(await converse({ messages })).toMatchObject({ stopReason: 'end_turn' });
    expect(suite.sentMessages).toEqual([
      { role: 'user', content: 'I am {EMAIL}\nsee {ticket}' },
      { role: 'assistant', content: 'bob@example.com' },
      { role: 'user', content: 'go on' },
    ]);
  });

  it.each<[examined: string, input: Partial<ConverseCommandInput>, isBlocked: boolean]>([
    [
      'every user turn',
      { messages: [user('forbidden'), { role: 'assistant', content: [{ text: 'x' }] }, user('y')] },
      true,
    ],
    [
      'only guarded content where there is some',
      { messages: [{ role: 'user', content: [{ text: 'forbidden' }, guarded('fine')] }] },
      false,
    ],
    [
      'guarded content',
      { messages: [{ role: 'user', content: [{ text: 'x' }, guarded('forbidden')] }] },
      true,
    ],
    [
      'guarded content of an earlier turn',
      {
        messages: [
          { role: 'user', content: [guarded('forbidden')] },
          { role: 'assistant', content: [{ text: 'x' }] },
          user('y'),
        ],
      },
      true,
    ],
    [
      'no source for grounding',
      { messages: [{ role: 'user', content: [guarded('forbidden', 'grounding_source'), { text: 'x' }] }] },
      false,
    ],
    ['no query', { messages: [{ role: 'user', content: [guarded('forbidden', 'query')] }] }, false],
    [
      'a query that is guarded too',
      { messages: [{ role: 'user', content: [guarded('forbidden', 'query', 'guard_content')] }] },
      true,
    ],
    ['no system prompt', { system: [{ text: 'forbidden' }] }, false],
    ['guarded content of the system prompt', { system: [guarded('forbidden')] }, true],
    [
      'no answer of the past',
      { messages: [user('x'), { role: 'assistant', content: [{ text: 'forbidden' }] }, user('y')] },
      false,
    ],
    [
      'no tool and no result',
      {
        messages: [
          user('x'),
          {
            role: 'assistant',
            content: [{ toolUse: { toolUseId: 'c1', name: 'f', input: { a: 'forbidden' } } }],
          },
          { role: 'user', content: [{ toolResult: { toolUseId: 'c1', content: [{ text: 'forbidden' }] } }] },
        ],
        toolConfig: {
          tools: [{ toolSpec: { name: 'f', description: 'forbidden', inputSchema: { json: {} } } }],
        },
      },
      false,
    ],
  ])('is examined: %s', async (_, input, isBlocked) => {
    const { stopReason } = await converse(input);
    expect(stopReason).toBe(isBlocked ? 'guardrail_intervened' : 'end_turn');
  });

  it('has its answer replaced when that is blocked, with the usage of the upstream', async () => {
    suite.service.answerWith({
      model: answerJson(completion({ content: 'forbidden', tool_calls: [CALL] }, 'tool_calls')),
    });
    expect(await converse({})).toMatchObject({
      output: { message: { role: 'assistant', content: [{ text: GUARDRAIL.blockedOutputsMessaging }] } },
      stopReason: 'guardrail_intervened',
      usage: { inputTokens: 11, outputTokens: 7 },
    });
  });

  it('has its answer masked, and keeps its calls of tools', async () => {
    suite.service.answerWith({
      model: answerJson(completion({ content: 'ask ana@example.com', tool_calls: [CALL] }, 'tool_calls')),
    });
    expect(await converse({})).toMatchObject({
      output: {
        message: { content: [{ text: 'ask {EMAIL}' }, { toolUse: { input: { secret: 'forbidden' } } }] },
      },
      stopReason: 'guardrail_intervened',
    });
  });

  it('shows what was found when it asks for a trace', async () => {
    says('ana@example.com');
    const guardrailConfig = { ...CONFIG, guardrailVersion: '1', trace: 'enabled' as const };
    const { trace } = await converse({ messages: [user('T-1234')], guardrailConfig });
    expect(trace).toEqual({
      guardrail: {
        inputAssessment: {
          abc123: {
            sensitiveInformationPolicy: {
              piiEntities: [],
              regexes: [
                {
                  name: 'ticket',
                  match: 'T-1234',
                  regex: String.raw`\bT-\d{4}\b`,
                  action: 'ANONYMIZED',
                  detected: true,
                },
              ],
            },
            invocationMetrics: expect.anything() as object,
            appliedGuardrailDetails: expect.objectContaining({
              guardrailId: 'abc123',
              guardrailVersion: '1',
            }) as object,
          },
        },
        outputAssessments: {
          abc123: [
            {
              sensitiveInformationPolicy: {
                piiEntities: [
                  { match: 'ana@example.com', type: 'EMAIL', action: 'ANONYMIZED', detected: true },
                ],
                regexes: [],
              },
              invocationMetrics: expect.anything() as object,
              appliedGuardrailDetails: expect.anything() as object,
            },
          ],
        },
        modelOutput: ['ana@example.com'],
        actionReason: 'Guardrail masked.',
      },
    });
  });

  it('shows everything when it asks for a full trace, and nothing when it does not ask', async () => {
    const full = await converse({ guardrailConfig: { ...CONFIG, trace: 'enabled_full' } });
    expect(
      full.trace?.guardrail?.inputAssessment?.['abc123']?.sensitiveInformationPolicy?.piiEntities,
    ).toHaveLength(3);
    for (const trace of ['disabled', undefined] as const) {
      expect(await converse({ guardrailConfig: { ...CONFIG, trace } })).not.toHaveProperty('trace');
    }
  });

  it.each([
    ['an unknown guardrail', { ...CONFIG, guardrailIdentifier: 'xyz' }, /does not exist/],
    ['an unknown version', { ...CONFIG, guardrailVersion: '9' }, /does not exist/],
    [
      'an identifier alone',
      { guardrailIdentifier: 'abc123', guardrailVersion: undefined },
      /guardrailVersion/,
    ],
    ['a version alone', { guardrailIdentifier: '', guardrailVersion: '1' }, /guardrailIdentifier/],
  ])('is refused with %s', async (_, guardrailConfig, message) => {
    await expect(converse({ guardrailConfig })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message) as string,
    });
    expect(suite.service.asked['model']).toBe(0);
  });

  it('is filtered before the model and behind it', async () => {
    const scores: Record<string, number>[] = [{ violence: 0.9 }, { violence: 0.6 }, { hate: 0.9 }];
    suite.service.answerWith({
      moderation: (request, response) => answerJson(moderation(scores.shift() ?? {}))(request, response),
    });
    const guardrailConfig = { guardrailIdentifier: 'filter1', guardrailVersion: 'DRAFT' };
    expect((await converse({ guardrailConfig })).output?.message?.content).toEqual([{ text: 'No.' }]);
    expect(suite.service.asked['model']).toBe(0);
    expect((await converse({ guardrailConfig })).output?.message?.content).toEqual([{ text: 'Not said.' }]);
  });
});

describe('Without guardrails in the configuration', () => {
  it('a request that names one is answered, and the guardrail is reported', async () => {
    await using plain = await RoutedService.start({ ...GUARDED_FILE, guardrails: undefined });
    plain.answerWith({ model: answerJson(textCompletion('forbidden')) });
    const request = { messages: [user('forbidden')], guardrailConfig: CONFIG };
    const { status, headers, body } = await plain.converse('m', request);
    expect([status, headers.get('x-proxy-ignored-parameters')]).toEqual([200, 'guardrailConfig']);
    expect(body).toMatchObject({ stopReason: 'end_turn' });
  });
});
