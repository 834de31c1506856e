import { errorBody, textChunks, textCompletion } from './support/answers.js';
import { InspectorClient } from './support/inspector-client.js';
import { LogLines } from './support/log-lines.js';
import { RoutedService, type RoutedFile } from './support/routed-service.js';
import { answerChunks, answerJson, type UpstreamScript } from './support/scripted-upstream.js';

const FILE: RoutedFile = {
  upstreams: { plain: { dialect: 'vllm' }, fast: { dialect: 'vllm' }, openai: { dialect: 'openai' } },
  models: [
    {
      match: 'chosen',
      route: [
        { upstream: 'plain', model: 'served' },
        { upstream: 'fast', model: 'quick', optimized: true },
        { upstream: 'openai', model: 'gpt', tiers: ['flex', 'reserved'] },
      ],
    },
    {
      match: 'tier',
      route: [
        { upstream: 'openai', model: 'gpt' },
        { upstream: 'openai', model: 'gpt', optimized: true, serviceTier: 'priority' },
      ],
    },
    { match: 'none', route: [{ upstream: 'plain', model: 'served' }] },
  ],
};
const HELLO = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };
const CLAUDE = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 5,
  messages: [{ role: 'user', content: 'Hello' }],
};
const CHAT = { messages: [{ role: 'user', content: 'Hello' }] };
const OPTIMIZED = { performanceConfig: { latency: 'optimized' } };
const FLEX = { serviceTier: { type: 'flex' } };
const LATENCY = 'x-amzn-bedrock-performanceconfig-latency';
const TIER = 'x-amzn-bedrock-service-tier';

const log = new LogLines();
let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start(FILE, { LOG_LEVEL: 'info', INSPECTOR: 'true' }, log);
});
afterAll(() => service[Symbol.asyncDispose]());

/** Answers with the tier that was sent, as OpenAI does. */
const echoing =
  (answer: (tier: unknown) => UpstreamScript): UpstreamScript =>
  (request, response) =>
    answer(Reflect.get(Object(request.body), 'service_tier'))(request, response);
const completes = echoing((tier) => answerJson({ ...textCompletion('Hi'), service_tier: tier }));
const streams = echoing((tier) =>
  answerChunks(textChunks('Hi').map((chunk) => Object.assign(chunk, { service_tier: tier }))),
);

function answerWith(script: UpstreamScript): void {
  service.answerWith({ plain: script, fast: script, openai: script });
}

/** The targets that were called, with the `service_tier` that they got. */
async function calledBy(run: () => Promise<unknown>): Promise<string[]> {
  const names = ['plain', 'fast', 'openai'];
  for (const name of names) service.upstream(name).requests.length = 0;
  await run();
  return names.flatMap((name) =>
    service
      .upstream(name)
      .requests.map(({ body }) =>
        `${name} ${String(Reflect.get(Object(body), 'service_tier') ?? '')}`.trim(),
      ),
  );
}

describe('The target of a Converse request', () => {
  it.each<
    [name: string, model: string, members: object, called: string, given: object, ignored: string | null]
  >([
    ['that asks for nothing', 'chosen', {}, 'plain', {}, null],
    [
      'that asks for low latency is the optimized one',
      'chosen',
      OPTIMIZED,
      'fast',
      { performanceConfig: { latency: 'optimized' } },
      null,
    ],
    [
      'that asks for standard latency is the usual one',
      'chosen',
      { performanceConfig: { latency: 'standard' } },
      'plain',
      { performanceConfig: { latency: 'standard' } },
      null,
    ],
    ['that asks for a tier is the one for it', 'chosen', FLEX, 'openai flex', FLEX, null],
    [
      'that asks for reserved capacity is the one for it',
      'chosen',
      { serviceTier: { type: 'reserved' } },
      'openai',
      { serviceTier: { type: 'reserved' } },
      null,
    ],
    [
      'that asks for a tier that no target is for is the usual one',
      'chosen',
      { serviceTier: { type: 'priority' } },
      'plain',
      { serviceTier: { type: 'default' } },
      'serviceTier',
    ],
    [
      'that asks for low latency gets the tier that the table says',
      'tier',
      OPTIMIZED,
      'openai priority',
      { performanceConfig: { latency: 'optimized' }, serviceTier: { type: 'priority' } },
      null,
    ],
    [
      'that asks for low latency where there is none',
      'none',
      OPTIMIZED,
      'plain',
      { performanceConfig: { latency: 'standard' } },
      'performanceConfig',
    ],
  ])('%s', async (_, ...[model, members, called, given, ignored]) => {
    const request = { ...HELLO, ...members };
    answerWith(completes);
    let body = {};
    let reported: string | null = '';
    const calls = await calledBy(async () => {
      const answer = await service.converse(model, request);
      reported = answer.headers.get('x-proxy-ignored-parameters');
      const { performanceConfig, serviceTier } = answer.body;
      body = {
        ...(performanceConfig != null && { performanceConfig }),
        ...(serviceTier != null && { serviceTier }),
      };
    });
    expect({ calls, body, reported }).toEqual({ calls: [called], body: given, reported: ignored });

    answerWith(streams);
    const streamed = await service.converseStream(model, request);
    const {
      usage: _usage,
      metrics: _metrics,
      ...rest
    } = Object(streamed.at(-1)?.['metadata']) as {
      usage?: unknown;
      metrics?: unknown;
    };
    expect(rest).toEqual(given);
  });

  it('is another one when the optimized one fails, and the answer says so', async () => {
    answerWith(completes);
    service.upstream('fast').answerWith(answerJson(errorBody('busy'), 503));
    const answer = await service.converse('chosen', { ...HELLO, ...OPTIMIZED });
    expect(answer.body['performanceConfig']).toEqual({ latency: 'standard' });
    expect(answer.headers.get('x-proxy-ignored-parameters')).toBe('performanceConfig');
  });
});

describe('The answer of InvokeModel', () => {
  it.each<
    [name: string, body: object, headers: Record<string, string>, latency: string | null, tier: string | null]
  >([
    ['says the latency', CLAUDE, { [LATENCY]: 'optimized' }, 'optimized', null],
    ['says the tier', CLAUDE, { [TIER]: 'flex' }, null, 'flex'],
    ['says both', CLAUDE, { [LATENCY]: 'standard', [TIER]: 'reserved' }, 'standard', 'reserved'],
    ['says the latency to a chat completion', CHAT, { [LATENCY]: 'optimized' }, 'optimized', null],
    ['says the tier to a chat completion', CHAT, { [TIER]: 'flex' }, null, 'flex'],
    ['says nothing unasked', CLAUDE, {}, null, null],
    ['says nothing to a chat completion unasked', CHAT, {}, null, null],
  ])('%s', async (_, ...[body, headers, latency, tier]) => {
    for (const [script, operation] of [
      [completes, 'invoke'],
      [streams, 'invoke-with-response-stream'],
    ] as const) {
      answerWith(script);
      const response = await service.post('chosen', operation, { headers, body: JSON.stringify(body) });
      await response.arrayBuffer();
      expect([response.status, response.headers.get(LATENCY), response.headers.get(TIER)]).toEqual([
        200,
        latency,
        tier,
      ]);
      expect(response.headers.get('x-proxy-ignored-parameters')).toBeNull();
    }
  });

  it('reports a latency that a chat completion does not get', async () => {
    answerWith(completes);
    const init = { headers: { [LATENCY]: 'optimized' }, body: JSON.stringify(CHAT) };
    const response = await service.post('none', 'invoke', init);
    expect(response.headers.get(LATENCY)).toBe('standard');
    expect(response.headers.get('x-proxy-ignored-parameters')).toBe(`headers.${LATENCY}`);
  });
});

describe('A chosen target', () => {
  it("is also that of a tier in a body of OpenAI's API", async () => {
    answerWith(completes);
    const calls = await calledBy(() =>
      fetch(`${service.proxy.url}/openai/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify({ ...CHAT, model: 'chosen', service_tier: 'flex' }),
      }),
    );
    expect(calls).toEqual(['openai flex']);
  });

  it('is told in the log and in the inspector', async () => {
    answerWith(completes);
    const answer = await service.converse('chosen', { ...HELLO, ...OPTIMIZED });
    const id = answer.headers.get('x-amzn-requestid');
    expect(await log.ofRequest(id)).toMatchObject({
      upstream: 'fast',
      model: 'quick',
      serviceLevel: { latency: 'optimized' },
    });
    const call = await new InspectorClient(service.proxy.managementUrl).call(id);
    expect(call.calls).toMatchObject([{ upstream: 'fast', level: { latency: 'optimized' } }]);
  });

  it('is not told of other calls', async () => {
    answerWith(completes);
    const answer = await service.converse('chosen');
    const id = answer.headers.get('x-amzn-requestid');
    expect(await log.ofRequest(id)).not.toHaveProperty('serviceLevel');
    const call = await new InspectorClient(service.proxy.managementUrl).call(id);
    expect(call.calls[0]).not.toHaveProperty('level');
  });
});

it('A target for low latency does not serve other operations', async () => {
  answerWith(completes);
  const calls = await calledBy(() =>
    service.post('chosen', 'count-tokens', { body: JSON.stringify({ input: { converse: HELLO } }) }),
  );
  expect(calls.filter((called) => !called.startsWith('plain'))).toEqual([]);
});

describe('UNSUPPORTED_PARAMETERS=reject', () => {
  it.each([
    ['chosen', 200],
    ['none', 400],
  ])('answers low latency at %s with %i', async (model, status) => {
    await using own = await RoutedService.start(FILE, { UNSUPPORTED_PARAMETERS: 'reject' });
    own.answerWith({ plain: completes, fast: answerJson(errorBody('busy'), 503) });
    expect((await own.converse(model, { ...HELLO, ...OPTIMIZED })).status).toBe(status);
  });
});
