import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';

import { applyGuardrail, type ApplyInput } from './support/apply-guardrail.js';
import { bedrockClient } from './clients/bedrock-client.js';
import { GUARDED_FILE, moderation } from './support/guarded-file.js';
import { LogLines } from './support/log-lines.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson } from './support/scripted-upstream.js';

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

describe('Content filters', () => {
  const filter = (text: string, input: ApplyInput = {}) =>
    apply({ text, guardrailIdentifier: 'filter1', ...input });
  const scored = (scores: Record<string, number>) =>
    service.answerWith({ moderation: answerJson(moderation(scores)) });

  it.each<[scores: Record<string, number>, action: string, findings: object[]]>([
    [{}, 'NONE', []],
    [{ hate: 0.19 }, 'NONE', []],
    [
      { 'hate/threatening': 0.3 },
      'GUARDRAIL_INTERVENED',
      [{ type: 'HATE', confidence: 'LOW', action: 'BLOCKED' }],
    ],
    [{ violence: 0.6 }, 'NONE', []],
    [
      { 'violence/graphic': 0.9 },
      'GUARDRAIL_INTERVENED',
      [{ type: 'VIOLENCE', confidence: 'HIGH', filterStrength: 'LOW', action: 'BLOCKED' }],
    ],
    [{ sexual: 0.9 }, 'NONE', [{ type: 'SEXUAL', confidence: 'HIGH', action: 'NONE', detected: true }]],
    [{ unknown: 1 }, 'NONE', []],
  ])('with the scores %j: %s', async (scores, action, findings) => {
    scored(scores);
    const { assessments = [], ...answer } = await filter('some text');
    expect(answer.action).toBe(action);
    expect(assessments[0]?.contentPolicy?.filters ?? []).toMatchObject(findings);
    expect(service.upstream('moderation').lastRequest).toMatchObject({
      path: '/v1/moderations',
      body: { model: 'omni', input: ['some text'] },
    });
  });

  it('looks at images too', async () => {
    scored({ hate: 1 });
    const bytes = new Uint8Array([1, 2, 3]);
    const answer = await filter('', {
      content: [{ text: { text: 'this' } }, { image: { format: 'png', source: { bytes } } }],
    });
    expect(answer).toMatchObject({
      action: 'GUARDRAIL_INTERVENED',
      usage: { contentPolicyUnits: 1, contentPolicyImageUnits: 1 },
      guardrailCoverage: { images: { guarded: 1, total: 1 } },
    });
    expect(service.upstream('moderation').lastRequest?.body).toEqual({
      model: 'omni',
      input: [
        { type: 'text', text: 'this' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } },
      ],
    });
  });

  it.each([
    ['an error', answerJson({ error: 'x' }, 500)],
    ['no results', answerJson({ results: [] })],
    ['no scores', answerJson({ results: [{}] })],
    ['wrong scores', answerJson({ results: [{ category_scores: { hate: 'high' } }] })],
  ])('refuse the request when the server answers with %s, unless they are lenient', async (_, script) => {
    service.answerWith({ moderation: script });
    // the SDK would ask again
    const url = `${service.proxy.url}/guardrail/filter1/version/DRAFT/apply`;
    const body = JSON.stringify({ source: 'INPUT', content: [{ text: { text: 'x' } }] });
    const refused = await fetch(url, { method: 'POST', body });
    expect([refused.status, refused.headers.get('x-amzn-errortype')]).toEqual([
      503,
      'ServiceUnavailableException',
    ]);
    log.clear();
    expect(await filter('x', { guardrailIdentifier: 'filter2' })).toMatchObject({ action: 'NONE' });
    await log.reach(1);
    expect(log.requests[0]).toMatchObject({ guardrails: [{ guardrail: 'filter2', isUnfiltered: true }] });
  });
});
