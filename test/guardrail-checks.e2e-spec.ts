import {
  InvokeGuardrailChecksCommand,
  type BedrockRuntimeClient,
  type InvokeGuardrailChecksCommandInput,
} from '@aws-sdk/client-bedrock-runtime';
import { bedrockClient } from './clients/bedrock-client.js';
import { GUARDED_FILE, moderation } from './support/guarded-file.js';
import { guardedSuite } from './support/guarded-suite.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson } from './support/scripted-upstream.js';

const suite = guardedSuite();
let client: BedrockRuntimeClient;

beforeAll(() => {
  client = bedrockClient(suite.service.proxy.url);
});
afterAll(() => client.destroy());

type Checks = InvokeGuardrailChecksCommandInput['checks'];

const say = (...texts: string[]) => ({ role: 'user' as const, content: texts.map((text) => ({ text })) });

async function check(
  checks: Checks,
  messages: InvokeGuardrailChecksCommandInput['messages'] = [say('Hello')],
) {
  const { $metadata: _, ...answer } = await client.send(
    new InvokeGuardrailChecksCommand({ messages, checks }),
  );
  return answer;
}

const entities = (...types: string[]) =>
  ({ sensitiveInformation: { entities: types.map((type) => ({ type })) } }) as Checks;

describe('InvokeGuardrailChecks', () => {
  it('finds sensitive information by its place', async () => {
    const messages = [say('Hi', '😀 ana@example.com, 4111 1111 1111 1111'), say('bob@example.com')];
    expect(await check(entities('EMAIL', 'CREDIT_DEBIT_CARD_NUMBER', 'EMAIL'), messages)).toEqual({
      results: {
        sensitiveInformation: {
          results: [
            {
              type: 'EMAIL',
              confidenceScore: 0.9,
              beginOffset: 2,
              endOffset: 17,
              messageIndex: 0,
              contentIndex: 1,
            },
            {
              type: 'CREDIT_DEBIT_CARD_NUMBER',
              confidenceScore: 1,
              beginOffset: 19,
              endOffset: 38,
              messageIndex: 0,
              contentIndex: 1,
            },
            {
              type: 'EMAIL',
              confidenceScore: 0.9,
              beginOffset: 0,
              endOffset: 15,
              messageIndex: 1,
              contentIndex: 0,
            },
          ],
          truncated: false,
        },
      },
      usage: { sensitiveInformation: { textUnits: 1 } },
    });
  });

  it('finds nothing where nothing is', async () => {
    expect(await check(entities('EMAIL'))).toMatchObject({
      results: { sensitiveInformation: { results: [], truncated: false } },
    });
  });

  it('gives the scores of moderations', async () => {
    suite.service.answerWith({
      moderation: answerJson(moderation({ hate: 0.25, 'violence/graphic': 0.75 })),
    });
    const categories = [
      { category: 'HATE' as const },
      { category: 'VIOLENCE' as const },
      { category: 'INSULTS' as const },
    ];
    expect(await check({ contentFilter: { categories } })).toEqual({
      results: {
        contentFilter: {
          results: [
            { category: 'HATE', severityScore: 0.25 },
            { category: 'VIOLENCE', severityScore: 0.75 },
            { category: 'INSULTS', severityScore: 0 },
          ],
        },
      },
      usage: { contentFilter: { textUnits: 1 } },
    });
  });

  it.each<[name: string, checks: Checks, message: RegExp]>([
    ['prompt attacks', { promptAttack: { categories: [{ category: 'JAILBREAK' }] } }, /checks\.promptAttack/],
    [
      'a type without a form',
      entities('EMAIL', 'NAME'),
      /checks\.sensitiveInformation\.entities\.1\.type .* no form/,
    ],
    ['an unknown type', entities('SHOE_SIZE'), /checks\.sensitiveInformation\.entities\.0\.type/],
    [
      'an unknown category',
      { contentFilter: { categories: [{ category: 'SPAM' as 'HATE' }] } },
      /categories/,
    ],
    ['no entities', entities(), /entities/],
  ])('refuses %s', async (_, checks, message) => {
    await expect(check(checks)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message) as string,
      $metadata: { httpStatusCode: 400 },
    });
  });

  it.each([
    [1_000, false],
    [1_001, true],
  ])('says of %d findings that some are left out: %s', async (count, truncated) => {
    const answer = await check(entities('EMAIL'), [say('a@example.com '.repeat(count))]);
    expect(answer.results?.sensitiveInformation?.results).toHaveLength(1_000);
    expect(answer.results?.sensitiveInformation?.truncated).toBe(truncated);
  });

  it('refuses content filters without a server for them', async () => {
    await using plain = await RoutedService.start({ ...GUARDED_FILE, guardrails: undefined });
    const body = JSON.stringify({
      messages: [say('Hello')],
      checks: { contentFilter: { categories: [{ category: 'HATE' }] } },
    });
    const response = await fetch(`${plain.proxy.url}/guardrail-checks/invoke`, { method: 'POST', body });
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: expect.stringMatching(/^The value at checks\.contentFilter is not supported/) as string },
    ]);
  });
});
