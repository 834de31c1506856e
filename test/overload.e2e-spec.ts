import { jest } from '@jest/globals';
import { once } from 'node:events';
import { request as openRequest, type IncomingMessage } from 'node:http';
import { Pressure } from '../src/server/load/pressure.js';
import { ActiveRequests } from '../src/server/load/active-requests.js';
import { LoadShedder, type ShedReason } from '../src/server/load/load-shedder.js';
import { textCompletion } from './support/answers.js';
import { Http2Client } from './support/http2-client.js';
import { sendRaw, type RawResponse } from './support/raw-request.js';
import { Scrape } from './support/scrape.js';
import { answerJson } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const PATH = '/model/m/converse';
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
const bodyOf = (bytes: number): string => BODY + ' '.repeat(bytes - BODY.length);

const SHED = {
  status: 503,
  headers: { 'x-amzn-errortype': 'ServiceUnavailableException', 'retry-after': '1' },
};

describe('A service at its limit', () => {
  let service: Service;
  let sheds: ShedReason[];
  let inFlight: ActiveRequests;
  let pressure: Pressure;
  /** Lets the upstream answer the waiting requests, and all later ones at once. */
  let answerAll: () => void;

  async function start(variables: Parameters<typeof Service.start>[0]): Promise<void> {
    service = await Service.start(variables);
    const { app } = service.proxy;
    sheds = [];
    app.get(LoadShedder).observe((reason) => sheds.push(reason));
    inFlight = app.get(ActiveRequests);
    pressure = app.get(Pressure);
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    answerAll = resolve;
    service.upstream.answerWith(async (request, response) => {
      await answered;
      answerJson(textCompletion('Hi'))(request, response);
    });
  }
  afterEach(async () => {
    answerAll();
    await service[Symbol.asyncDispose]();
  });

  const ask = (body = BODY): Promise<RawResponse> => sendRaw(service.url, { path: PATH, body });

  /** Starts this many requests that wait for the upstream. The result resolves to their statuses. */
  async function occupy(count: number, body = BODY): Promise<() => Promise<number[]>> {
    const before = service.upstream.requests.length;
    const answers = Promise.all(Array.from({ length: count }, () => ask(body)));
    await service.upstream.received(before + count);
    return async () => (await answers).map(({ status }) => status);
  }

  /** The shed requests in the metrics: their operations and numbers. */
  async function refusedRequests(): Promise<unknown[]> {
    const metrics = await Scrape.of(service.proxy.managementUrl);
    const series = metrics.series('proxy_requests_total', { exception: 'ServiceUnavailableException' });
    return series.map(({ labels, value }) => [labels['operation'], value]);
  }

  /** Sends only the headers of a request → the answer. */
  async function askWithHeadersOnly(headers: Record<string, string>): Promise<IncomingMessage> {
    const sending = openRequest(service.url + PATH, {
      method: 'POST',
      agent: false,
      headers: { connection: 'keep-alive', ...headers },
    });
    sending.on('error', () => undefined).flushHeaders();
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    sending.destroy();
    return response;
  }

  describe('of requests', () => {
    beforeEach(() => start({ MAX_REQUESTS_IN_FLIGHT: '2' }));

    it('sheds the next request before its body is read, with Retry-After, and serves the active ones', async () => {
      const served = await occupy(2);
      const refused = await askWithHeadersOnly({ 'content-length': '1000' });
      expect(refused.statusCode).toBe(503);
      expect(refused.headers).toMatchObject(SHED.headers);
      // the rest of the body can be discarded, so the connection is reused
      expect(refused.headers.connection).toBe('keep-alive');
      answerAll();
      expect(await served()).toEqual([200, 200]);
      expect((await ask()).status).toBe(200);
      expect(sheds).toEqual(['in_flight']);
      expect(await refusedRequests()).toEqual([['unknown', 1]]);
    });

    it('sheds the next request over HTTP/2, but not other streams of the connection', async () => {
      const http2 = new Http2Client(service.url);
      const served = [http2.post(PATH, BODY), http2.post(PATH, BODY)];
      await service.upstream.received(2);
      const refused = await http2.post(PATH, BODY);
      expect(refused).toMatchObject(SHED);
      expect(JSON.parse(refused.body.toString())).toEqual({
        message: 'Bedrock is unable to process your request.',
      });
      answerAll();
      expect((await Promise.all(served)).map(({ status }) => status)).toEqual([200, 200]);
      await http2.close();
    });

    it.each(['/health', '/health/live', '/health/ready', '/metrics'])('never sheds %s', async (path) => {
      await occupy(2);
      expect((await sendRaw(service.url, { method: 'GET', path })).status).not.toBe(503);
      expect(sheds).toEqual([]);
    });

    it.each(['/healthy', '/metricsx', '/model/health', '/'])('sheds %s', async (path) => {
      await occupy(2);
      expect(await sendRaw(service.url, { method: 'GET', path })).toMatchObject(SHED);
    });

    it('accepts requests again when a client disconnects', async () => {
      const leaving = new AbortController();
      const { signal } = leaving;
      const left = fetch(service.url + PATH, { method: 'POST', body: BODY, signal }).catch(() => 'left');
      await service.upstream.received(1);
      await occupy(1);
      leaving.abort();
      expect(await left).toBe('left');
      await service.upstream.socketsDownTo(1);
      const next = await occupy(1);
      answerAll();
      expect(await next()).toEqual([200]);
    });
  });

  describe('of bodies', () => {
    const KB = 1024;
    beforeEach(() => start({ MAX_BODY_MB_IN_FLIGHT: String(8 / KB) }));

    it('sheds a body that exceeds the budget, by its content-length', async () => {
      await occupy(1, bodyOf(5 * KB));
      expect(await askWithHeadersOnly({ 'content-length': String(4 * KB) })).toMatchObject({
        statusCode: 503,
      });
      await occupy(1, bodyOf(3 * KB));
      expect(inFlight.bodyBytes).toBe(8 * KB);
      expect(sheds).toEqual(['body_bytes']);
    });

    it('sheds a body without a content-length when it exceeds the budget', async () => {
      const first = await occupy(1, bodyOf(5 * KB));
      const long = sendRaw(service.url, { path: PATH, body: bodyOf(4 * KB), chunked: true });
      expect(await long).toMatchObject(SHED);
      expect(sheds).toEqual(['body_bytes']);
      expect(await refusedRequests()).toEqual([['converse', 1]]);
      answerAll();
      expect(await first()).toEqual([200]);
    });

    it('accepts a single body of any size', async () => {
      answerAll();
      expect((await ask(bodyOf(64 * KB))).status).toBe(200);
    });

    it('counts no bytes when all clients have disconnected', async () => {
      const served = await occupy(2, bodyOf(2 * KB));
      expect([inFlight.count, inFlight.bodyBytes]).toEqual([2, 4 * KB]);
      answerAll();
      await served();
      expect([inFlight.count, inFlight.bodyBytes]).toEqual([0, 0]);
    });
  });

  describe('of work', () => {
    beforeEach(() => start({}));

    it.each(['event_loop', 'heap'] as const)('sheds requests until the pressure ends: %s', async (reason) => {
      const served = await occupy(1);
      const felt = jest.spyOn(pressure, 'reason').mockReturnValue(reason);
      expect(await ask()).toMatchObject(SHED);
      expect(sheds).toEqual([reason]);
      felt.mockRestore();
      answerAll();
      expect((await ask()).status).toBe(200);
      expect(await served()).toEqual([200]);
    });

    it('accepts a single request under any pressure', async () => {
      jest.spyOn(pressure, 'reason').mockReturnValue('heap');
      answerAll();
      expect((await ask()).status).toBe(200);
    });
  });
});
