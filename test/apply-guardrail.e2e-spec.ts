import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { applyGuardrail, type ApplyInput } from './support/apply-guardrail.js';
import { bedrockClient } from './clients/bedrock-client.js';
import { GUARDED_FILE, GUARDRAIL } from './support/guarded-file.js';
import { LogLines } from './support/log-lines.js';
import { RoutedService } from './support/routed-service.js';
import { Scrape } from './support/scrape.js';

const ARN = 'arn:aws:bedrock:us-east-1:123456789012:guardrail/abc123';
const NO_UNITS = {
  topicPolicyUnits: 0,
  contentPolicyUnits: 0,
  wordPolicyUnits: 0,
  sensitiveInformationPolicyUnits: 0,
  sensitiveInformationPolicyFreeUnits: 0,
  contextualGroundingPolicyUnits: 0,
};

const log = new LogLines();
let service: RoutedService;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  service = await RoutedService.start(GUARDED_FILE, { LOG_LEVEL: 'info' }, log);
  client = bedrockClient(service.proxy.url);
});
afterAll(async () => {
  client.destroy();
  await service[Symbol.asyncDispose]();
});

const apply = (input: ApplyInput) => applyGuardrail(client, input);

describe('ApplyGuardrail', () => {
  it('lets through a text without findings', async () => {
    expect(await apply({ text: 'Hello there' })).toEqual({
      usage: {
        ...NO_UNITS,
        wordPolicyUnits: 1,
        sensitiveInformationPolicyUnits: 1,
        sensitiveInformationPolicyFreeUnits: 1,
      },
      action: 'NONE',
      actionReason: 'No action.',
      outputs: [],
      assessments: [
        {
          invocationMetrics: {
            guardrailProcessingLatency: expect.any(Number) as number,
            usage: expect.anything() as object,
            guardrailCoverage: { textCharacters: { guarded: 11, total: 11 } },
          },
          appliedGuardrailDetails: {
            guardrailId: 'abc123',
            guardrailVersion: 'DRAFT',
            guardrailArn: 'arn:aws:bedrock:us-east-1:000000000000:guardrail/abc123',
            guardrailOrigin: ['REQUEST'],
            guardrailOwnership: 'SELF',
          },
        },
      ],
      guardrailCoverage: { textCharacters: { guarded: 11, total: 11 } },
    });
  });

  it('shows all that was looked for when it is asked to', async () => {
    const { assessments = [] } = await apply({ text: 'Hello', outputScope: 'FULL' });
    expect(assessments[0]?.sensitiveInformationPolicy).toEqual({
      piiEntities: [
        { match: '', type: 'EMAIL', action: 'NONE', detected: false },
        { match: '', type: 'US_SOCIAL_SECURITY_NUMBER', action: 'NONE', detected: false },
        { match: '', type: 'URL', action: 'NONE', detected: false },
      ],
      regexes: [
        { name: 'ticket', match: '', regex: String.raw`\bT-\d{4}\b`, action: 'NONE', detected: false },
        { name: 'seen', match: '', regex: 'watched', action: 'NONE', detected: false },
      ],
    });
  });

  it.each([
    ['INPUT', GUARDRAIL.blockedInputMessaging],
    ['OUTPUT', GUARDRAIL.blockedOutputsMessaging],
  ] as const)('blocks a text of the source %s', async (source, text) => {
    const answer = await apply({ text: 'A Forbidden plan of PROJECT X', source });
    expect(answer).toMatchObject({
      action: 'GUARDRAIL_INTERVENED',
      actionReason: 'Guardrail blocked.',
      outputs: [{ text }],
      assessments: [
        {
          wordPolicy: {
            customWords: [
              { match: 'Forbidden', action: 'BLOCKED', detected: true },
              { match: 'PROJECT X', action: 'BLOCKED', detected: true },
            ],
            managedWordLists: [],
          },
        },
      ],
    });
  });

  it('masks each text by itself, and reports what is only watched', async () => {
    const answer = await apply({
      content: [
        { text: { text: 'write to ana@example.com, T-1234' } },
        { text: { text: 'nothing' } },
        { text: { text: 'T-5678 watched' } },
      ],
    });
    expect(answer).toMatchObject({
      action: 'GUARDRAIL_INTERVENED',
      actionReason: 'Guardrail masked.',
      outputs: [{ text: 'write to {EMAIL}, {ticket}' }, { text: 'nothing' }, { text: '{ticket} watched' }],
      assessments: [
        {
          sensitiveInformationPolicy: {
            piiEntities: [{ match: 'ana@example.com', type: 'EMAIL', action: 'ANONYMIZED', detected: true }],
            regexes: [
              { name: 'ticket', match: 'T-1234', action: 'ANONYMIZED', detected: true },
              { name: 'ticket', match: 'T-5678', action: 'ANONYMIZED', detected: true },
              { name: 'seen', match: 'watched', action: 'NONE', detected: true },
            ],
          },
        },
      ],
    });
  });

  it('blocks rather than masks', async () => {
    const answer = await apply({ text: 'ana@example.com has 123-45-6789' });
    expect(answer.outputs).toEqual([{ text: GUARDRAIL.blockedInputMessaging }]);
  });

  it('only reports what the policy does not act on', async () => {
    const answer = await apply({ text: 'see https://example.com' });
    expect(answer).toMatchObject({
      action: 'NONE',
      outputs: [],
      assessments: [
        {
          sensitiveInformationPolicy: {
            piiEntities: [{ match: 'https://example.com', type: 'URL', action: 'NONE', detected: true }],
          },
        },
      ],
    });
  });

  it('does not examine what only serves as a source', async () => {
    const answer = await apply({
      content: [
        { text: { text: 'forbidden', qualifiers: ['grounding_source'] } },
        { text: { text: 'forbidden too', qualifiers: ['query'] } },
        { text: { text: 'fine', qualifiers: ['guard_content', 'query'] } },
      ],
    });
    expect(answer).toMatchObject({
      action: 'NONE',
      guardrailCoverage: { textCharacters: { guarded: 4, total: 26 } },
    });
  });

  it.each([
    ['an ARN', { guardrailIdentifier: ARN }],
    ['a version', { guardrailVersion: '2' }],
  ])('finds the guardrail by %s', async (_, name) => {
    expect(await apply({ text: 'forbidden', ...name })).toMatchObject({ action: 'GUARDRAIL_INTERVENED' });
  });

  it.each([
    ['an unknown guardrail', { guardrailIdentifier: 'xyz' }, 'ResourceNotFoundException', 404],
    ['an unknown version', { guardrailVersion: '3' }, 'ResourceNotFoundException', 404],
    ['a malformed identifier', { guardrailIdentifier: 'ABC' }, 'ValidationException', 400],
    ['a malformed version', { guardrailVersion: '0' }, 'ValidationException', 400],
    ['an unknown source', { source: 'SIDEWAYS' as 'INPUT' }, 'ValidationException', 400],
    ['an unknown scope', { outputScope: 'SOME' as 'FULL' }, 'ValidationException', 400],
    ['an empty block', { content: [{}] as unknown as [] }, 'ValidationException', 400],
  ])('refuses %s', async (_, input, name, httpStatusCode) => {
    await expect(apply(input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  it('logs and counts what was found, and nothing of the text', async () => {
    log.clear();
    await apply({ text: 'forbidden ana@example.com bob@example.com' });
    await log.reach(1);
    expect(log.requests[0]).toMatchObject({
      operation: 'applyGuardrail',
      guardrails: [
        {
          guardrail: 'abc123',
          side: 'input',
          decision: 'blocked',
          findings: [
            { policy: 'word', type: 'word', action: 'BLOCKED', count: 1 },
            { policy: 'pii', type: 'EMAIL', action: 'ANONYMIZED', count: 2 },
          ],
        },
      ],
    });
    expect(log.text).not.toMatch(/forbidden|ana@/);
    const metrics = await Scrape.of(service.proxy.managementUrl);
    const labels = { guardrail: 'abc123', policy: 'pii', action: 'ANONYMIZED' };
    expect(metrics.value('proxy_guardrail_findings_total', labels)).toBeGreaterThanOrEqual(2);
  });
});
