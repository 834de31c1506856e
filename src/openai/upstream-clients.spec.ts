import type { ServerResponse } from 'node:http';
import { configurationOf, params, targetAt, waiting } from '../../test/support/gateway.js';
import {
  answerJson,
  startScriptedUpstream,
  toServerSentEvent,
  type ScriptedUpstream,
} from '../../test/support/scripted-upstream.js';
import type { Configuration } from '../config/configuration.js';
import { OpenAIGateway } from './openai.gateway.js';
import type { UpstreamTarget } from './upstream-target.js';

const COMPLETION = { choices: [{ message: { content: 'Hi' } }] };

let first: ScriptedUpstream;
let second: ScriptedUpstream;
let toFirst: UpstreamTarget;
let toSecond: UpstreamTarget;
let configurations: { current: Configuration };
let gateway: OpenAIGateway;

beforeEach(async () => {
  first = await startScriptedUpstream(answerJson(COMPLETION));
  second = await startScriptedUpstream(answerJson(COMPLETION));
  toFirst = targetAt(first.baseUrl, { apiKey: 'sk-first' });
  toSecond = targetAt(second.baseUrl, { apiKey: 'sk-second' });
  configurations = { current: configurationOf(toFirst.upstream, toSecond.upstream) };
  gateway = new OpenAIGateway(configurations);
});
afterEach(async () => {
  await gateway.onApplicationShutdown();
  await Promise.all([first.close(), second.close()]);
});

const reload = (...targets: UpstreamTarget[]): void => {
  configurations.current = configurationOf(...targets.map(({ upstream }) => upstream));
};

describe('UpstreamClients', () => {
  it('have one pool for each upstream, with its own key', async () => {
    for (const target of [toFirst, toSecond, toFirst]) await gateway.complete(target, params, waiting);
    expect(first.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer sk-first',
      'Bearer sk-first',
    ]);
    expect(second.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer sk-second']);
  });

  it('keep the connections of an upstream that a reload keeps', async () => {
    for (let count = 0; count < 5; count += 1) {
      await gateway.complete(toFirst, params, waiting);
      reload(toFirst);
    }
    // a call may begin before the connection of the previous one is free
    expect(first.openSockets).toBeLessThanOrEqual(2);
  });

  it('close the idle connections of an upstream that a reload drops', async () => {
    await gateway.complete(toFirst, params, waiting);
    reload(toSecond);
    await gateway.complete(toSecond, params, waiting);
    await first.socketsDownTo(0);
  });

  it('finish the active calls of a dropped upstream, and only then close', async () => {
    let response: ServerResponse | undefined;
    first.answerWith((_request, answer) => {
      response = answer.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toServerSentEvent({ choices: [{ delta: { content: 'Hi' } }] }));
    });
    const chunks = await gateway.stream(toFirst, params, waiting);
    await chunks.read();
    reload(toSecond);
    await gateway.complete(toSecond, params, waiting);
    expect(first.openSockets).toBe(1);
    response?.end(toServerSentEvent({ choices: [{ delta: {}, finish_reason: 'stop' }] }));
    for await (const _ of chunks);
    await first.socketsDownTo(0);
  });

  it('finish the retries of such a call, too', async () => {
    const retrying = targetAt(first.baseUrl, { maxRetries: 1 });
    const busy = answerJson({ error: 'busy' }, 503, { 'retry-after-ms': '1' });
    first.answerWith((request, response) => {
      reload(toSecond);
      void gateway.complete(toSecond, params, waiting).then(() => busy(request, response));
      first.answerWith(answerJson(COMPLETION));
    });
    await expect(gateway.complete(retrying, params, waiting)).resolves.toEqual(COMPLETION);
    await first.socketsDownTo(0);
  });

  it('serve a request that began before the reload', async () => {
    reload(toSecond);
    await expect(gateway.complete(toFirst, params, waiting)).resolves.toEqual(COMPLETION);
  });

  it('end all calls when the process shuts down, also those of an upstream that a reload has dropped', async () => {
    first.answerWith(() => undefined);
    const answer = gateway.complete(toFirst, params, waiting);
    await first.received(1);
    reload(toSecond);
    await gateway.complete(toSecond, params, waiting);
    await Promise.all([
      expect(answer).rejects.toMatchObject({ failure: 'reset' }),
      gateway.onApplicationShutdown(),
    ]);
  });
});
