import { hash } from 'node:crypto';
import { chunk, ending, errorBody, textChunks, textCompletion } from './support/answers.js';
import { EXPORTED_METRICS } from './support/exported-metrics.js';
import { LogLines } from './support/log-lines.js';
import { bearer, RoutedService, type RoutedFile } from './support/routed-service.js';
import { Scrape } from './support/scrape.js';
import {
  answerChunks,
  answerJson,
  toServerSentEvent,
  type UpstreamScript,
} from './support/scripted-upstream.js';

const FILE: RoutedFile = {
  upstreams: { first: { dialect: 'vllm' }, second: {}, narrow: { requestsPerMinute: 1 } },
  models: [
    { match: '*claude*', route: [{ upstream: 'first', model: 'served' }, { upstream: 'second' }] },
    { match: 'sole', route: [{ upstream: 'first' }] },
    { match: 'pass-*', route: [{ upstream: 'second' }] },
    { match: 'narrow', route: [{ upstream: 'narrow' }] },
  ],
  clients: [
    { name: 'team', bearerSha256: hash('sha256', 'key') },
    { name: 'limited', bearerSha256: hash('sha256', 'limited'), limits: { requestsPerMinute: 1 } },
  ],
};
const HELLO = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };
const ok = answerJson(textCompletion('Hi'));

const log = new LogLines();
let service: RoutedService;

beforeEach(async () => {
  log.clear();
  service = await RoutedService.start(FILE, { LOG_LEVEL: 'info' }, log);
  service.answerWith({ first: ok, second: ok, narrow: ok });
});
afterEach(() => service[Symbol.asyncDispose]());

/** Makes a request, and waits until it is counted. */
async function converse(modelId: string, request: object = HELLO, key = 'key'): Promise<void> {
  const { headers } = await service.converse(modelId, request, bearer(key));
  await log.ofRequest(headers.get('x-amzn-requestid'));
}

async function stream(modelId: string): Promise<void> {
  const response = await service.open(modelId, HELLO, bearer('key'));
  await response.arrayBuffer();
  await log.ofRequest(response.headers.get('x-amzn-requestid'));
}

const scrape = () => Scrape.of(service.proxy.managementUrl);

describe('/metrics', () => {
  it('shows exactly the defined metrics', async () => {
    const { text } = await scrape();
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(
      ([, name = '', type]) => [name, type] as const,
    );
    expect(types.map(([name]) => name).toSorted()).toEqual(Object.keys(EXPORTED_METRICS).toSorted());
    const histograms = types.filter(([, type]) => type === 'histogram').map(([name]) => name);
    expect(histograms.toSorted()).toEqual(
      Object.keys(EXPORTED_METRICS)
        .filter((name) => EXPORTED_METRICS[name]?.isHistogram)
        .toSorted(),
    );
  });

  it('has the defined labels', async () => {
    service.answerWith({ first: answerChunks(textChunks('Hi')) });
    await stream('claude');
    const { samples } = await scrape();
    for (const { name, labels } of samples) {
      const known = EXPORTED_METRICS[name] ?? EXPORTED_METRICS[name.replace(/_(bucket|sum|count)$/, '')];
      const extra = Object.keys(labels).filter(
        (label) => !['le', 'version', 'major', 'minor', 'patch', 'space', 'type'].includes(label),
      );
      expect(known?.labels).toEqual(expect.arrayContaining(extra));
    }
  });

  it('does not exist on the main port', async () => {
    const response = await fetch(`${service.proxy.url}/metrics`);
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([
      404,
      'UnknownOperationException',
    ]);
  });

  it('is not counted as a request, nor is a probe', async () => {
    await fetch(`${service.proxy.url}/health/live`);
    await scrape();
    expect((await scrape()).series('proxy_requests_total')).toEqual([]);
  });
});

describe('The use of models', () => {
  const LABELS = {
    gen_ai_operation_name: 'chat',
    gen_ai_provider_name: 'vllm',
    gen_ai_request_model: 'served',
    gen_ai_response_model: 'served',
    gen_ai_original_model: '*claude*',
  };

  it('is counted in tokens, and timed', async () => {
    await converse('us.anthropic.claude-1');
    const metrics = await scrape();
    for (const [type, tokens] of [
      ['input', 11],
      ['output', 7],
    ] as const) {
      expect(metrics.value('gen_ai_client_token_usage_sum', { ...LABELS, gen_ai_token_type: type })).toBe(
        tokens,
      );
    }
    expect(metrics.value('gen_ai_server_request_duration_seconds_count', { ...LABELS, error_type: '' })).toBe(
      1,
    );
    expect(metrics.series('gen_ai_server_time_to_first_token_seconds_count')).toEqual([]);
  });

  it('in a stream is also timed per token', async () => {
    service.answerWith({ first: answerChunks(textChunks('One', ' two', ' three')) });
    await stream('claude');
    const metrics = await scrape();
    const labels = { ...LABELS, error_type: '' };
    for (const name of ['time_to_first_token', 'time_per_output_token', 'request_duration']) {
      expect(metrics.value(`gen_ai_server_${name}_seconds_count`, labels)).toBe(1);
    }
    const [first, whole] = ['time_to_first_token', 'request_duration'].map((name) =>
      metrics.value(`gen_ai_server_${name}_seconds_sum`, labels),
    );
    expect(first).toBeLessThanOrEqual(Number(whole));
  });

  it('includes cached tokens in the input', async () => {
    const usage = { prompt_tokens: 11, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 4 } };
    service.answerWith({ first: answerJson({ ...textCompletion('Hi'), usage }) });
    await converse('sole');
    const metrics = await scrape();
    expect(metrics.value('gen_ai_client_token_usage_sum', { gen_ai_token_type: 'input' })).toBe(11);
    expect(metrics.value('gen_ai_client_token_usage_sum', { gen_ai_token_type: 'cached_input' })).toBe(4);
  });

  it('has no tokens if the upstream did not count them', async () => {
    service.answerWith({ first: answerJson({ ...textCompletion('Hi'), usage: undefined }) });
    await converse('sole');
    expect((await scrape()).series('gen_ai_client_token_usage_count')).toEqual([]);
  });

  it('names the exception, also of a stream that failed', async () => {
    service.answerWith({ first: answerJson(errorBody('no'), 400) });
    await converse('sole');
    service.answerWith({
      first: (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(toServerSentEvent(chunk({ content: 'Hel' })));
      },
    });
    await stream('sole');
    const metrics = await scrape();
    expect(metrics.values('gen_ai_server_request_duration_seconds_count', 'error_type')).toEqual([
      'ValidationException',
      'ModelStreamErrorException',
    ]);
    expect(metrics.values('gen_ai_server_request_duration_seconds_count', 'gen_ai_response_model')).toEqual([
      '',
    ]);
  });

  it('is labelled with the model names of the configuration, not those of clients', async () => {
    for (const modelId of ['sole', 'pass-1', 'pass-2', 'my-claude-1', 'my-claude-2', 'nowhere'])
      await converse(modelId);
    const name = 'gen_ai_server_request_duration_seconds_count';
    const metrics = await scrape();
    expect(metrics.values(name, 'gen_ai_original_model').toSorted()).toEqual(['*claude*', 'pass-*', 'sole']);
    expect(metrics.values(name, 'gen_ai_request_model').toSorted()).toEqual(['pass-*', 'served', 'sole']);
  });
});

describe('The work of the proxy', () => {
  it('is counted by operation, status and exception', async () => {
    await converse('sole');
    await converse('sole', { messages: 'x' });
    await converse('nowhere');
    await fetch(`${service.proxy.url}/foundation-models`, bearer('key'));
    await fetch(`${service.proxy.url}/nothing`);
    await log.find(({ path }) => path === '/nothing');
    const series = (await scrape()).series('proxy_requests_total');
    const rows = series.map(({ labels, value }) => `${Object.values(labels).join(' ')} ${value}`);
    expect(rows).toEqual([
      'converse 200  1',
      'converse 400 ValidationException 1',
      'converse 404 ResourceNotFoundException 1',
      'listFoundationModels 200  1',
      'unknown 404 UnknownOperationException 1',
    ]);
  });

  it('includes every call to an upstream, by outcome', async () => {
    const breaks: UpstreamScript = (_request, response) => response.destroy();
    service.answerWith({ first: answerJson(errorBody('sorry'), 500) });
    await converse('claude');
    service.answerWith({ first: answerJson(errorBody('wait'), 429) });
    await converse('claude');
    service.answerWith({ first: breaks });
    await converse('sole');
    service.answerWith({ first: answerJson(errorBody('no'), 400) });
    await converse('sole');
    const series = (await scrape()).series('proxy_upstream_attempts_total');
    expect(series.map(({ labels, value }) => [labels['upstream'], labels['outcome'], value])).toEqual([
      ['first', 'error', 1],
      ['second', 'success', 2],
      ['first', 'throttled', 1],
      ['first', 'reset', 1],
      ['first', 'refused', 1],
    ]);
  });

  it('shows which breaker is open', async () => {
    expect((await scrape()).value('proxy_upstream_breaker_state', { upstream: 'first' })).toBe(0);
    service.answerWith({ first: answerJson(errorBody('sorry'), 500) });
    for (let call = 0; call < 12; call++) await converse('sole');
    const metrics = await scrape();
    expect(metrics.value('proxy_upstream_breaker_state', { upstream: 'first' })).toBe(2);
    expect(metrics.value('proxy_upstream_breaker_state', { upstream: 'second' })).toBe(0);
  });

  it('includes refused clients and exceeded limits', async () => {
    await converse('sole', HELLO, 'wrong');
    await converse('sole', HELLO, 'limited');
    await converse('sole', HELLO, 'limited');
    const nobody = await fetch(`${service.proxy.url}/model/sole/converse`, { method: 'POST', body: '{}' });
    await log.ofRequest(nobody.headers.get('x-amzn-requestid'));
    const metrics = await scrape();
    expect(metrics.value('proxy_auth_failures_total', { reason: 'bearer_key' })).toBe(1);
    expect(metrics.value('proxy_auth_failures_total', { reason: 'missing' })).toBe(1);
    expect(metrics.value('proxy_rate_limited_total', { scope: 'client' })).toBe(1);
  });

  it('distinguishes limits of upstreams from those of clients', async () => {
    await converse('narrow');
    await converse('narrow');
    const series = (await scrape()).series('proxy_rate_limited_total');
    expect(series.map(({ labels, value }) => [labels['scope'], value])).toEqual([['upstream', 1]]);
  });

  it('includes the size of bodies', async () => {
    await converse('sole');
    expect((await scrape()).value('proxy_request_body_bytes_sum')).toBe(JSON.stringify(HELLO).length);
  });

  it('includes ignored parameters, each once per request', async () => {
    const cached = { cachePoint: { type: 'default' } };
    const messages = [{ role: 'user', content: [{ text: 'Hello' }, cached, cached] }];
    await converse('sole', { messages, requestMetadata: { a: 'b' } });
    const series = (await scrape()).series('proxy_ignored_parameters_total');
    expect(series.map(({ labels, value }) => [labels['parameter'], value])).toEqual(
      expect.arrayContaining([
        ['requestMetadata', 1],
        ['messages.*.content.*.cachePoint', 1],
      ]),
    );
  });

  it('includes active requests and clients that disconnect', async () => {
    let end = (): void => undefined;
    service.answerWith({
      first: (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(toServerSentEvent(chunk({ content: 'Hel' })));
        end = () => response.end(ending('stop').map(toServerSentEvent).join('') + 'data: [DONE]\n\n');
      },
    });
    const leaving = new AbortController();
    const opened = await service.open('sole', HELLO, { ...bearer('key'), signal: leaving.signal });
    const during = await scrape();
    expect(during.value('proxy_requests_in_flight')).toBe(1);
    expect(during.value('proxy_streams_open')).toBe(1);
    leaving.abort();
    await opened.arrayBuffer().catch(() => undefined);
    await log.find(({ clientLeft }) => clientLeft === true);
    end();
    const after = await scrape();
    expect(after.value('proxy_requests_in_flight')).toBe(0);
    expect(after.value('proxy_streams_open')).toBe(0);
    expect(after.value('proxy_client_disconnects_total', { operation: 'converseStream' })).toBe(1);
    expect(after.value('proxy_upstream_attempts_total', { outcome: 'success' })).toBe(1);
  });
});
