import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { answerOf, Http2Client } from '../../test/support/http2-client.js';
import type { ServerSettings } from '../config/settings.js';
import { DualProtocolAdapter } from './dual-protocol.adapter.js';
import type { ExpressApplication } from './fast-path/express-messages.js';

const LONG_MS = 60_000;
const MANY_BYTES = 1_000_000;
const SETTINGS: ServerSettings = {
  host: '127.0.0.1',
  port: 0,
  allowedHosts: [],
  maxBodyBytes: MANY_BYTES,
  maxConnections: 100,
  maxRequestsInFlight: 100,
  maxBodyBytesInFlight: MANY_BYTES,
  maxAnswerBytesInFlight: MANY_BYTES,
  headersTimeoutMs: LONG_MS,
  bodyTimeoutMs: LONG_MS,
  keepAliveTimeoutMs: LONG_MS,
  clientStallTimeoutMs: LONG_MS,
  drainDelayMs: 0,
  shutdownTimeoutMs: LONG_MS,
};

/** The members of Express's messages that the handlers below use. */
interface ExpressRequest {
  readonly params: unknown;
  readonly path: string;
  readonly query: unknown;
  readonly app: unknown;
  get(header: string): string | undefined;
}
interface ExpressResponse {
  readonly app: unknown;
  status(code: number): ExpressResponse;
  set(name: string, value: string): ExpressResponse;
  json(body: unknown): void;
}

describe('DualProtocolAdapter', () => {
  let adapter: DualProtocolAdapter;
  let app: ExpressApplication;
  let handledByExpress: jest.SpiedFunction<ExpressApplication['handle']>;
  let url: string;

  beforeEach(async () => {
    adapter = new DualProtocolAdapter(SETTINGS);
    app = adapter.getInstance<ExpressApplication>();
    handledByExpress = jest.spyOn(app, 'handle');
    adapter.initHttpServer();
    adapter.server.server.listen(0, '127.0.0.1');
    await once(adapter.server.server, 'listening');
    url = `http://127.0.0.1:${(adapter.server.server.address() as AddressInfo).port}`; // a TCP port, not a pipe
  });
  afterEach(async () => {
    adapter.server.destroy();
    await adapter.close();
  });

  /** What the handler of both routes answers: all of it by Express's methods. */
  function describeRequest(request: ExpressRequest, response: ExpressResponse): void {
    const { params, path, query } = request;
    const ofApp = [request.app === app, response.app === app];
    const body = { params, path, query, ofApp, trace: request.get('X-Trace') };
    response.status(201).set('x-kind', 'described').json(body);
  }

  const HEADERS = { 'x-trace': 'abc' };

  interface Answer {
    readonly status: number | undefined;
    readonly kind: unknown;
    readonly body: unknown;
  }

  async function askHttp1(path: string): Promise<Answer> {
    const headers = { ...HEADERS, connection: 'close' };
    const response = await fetch(url + path, { method: 'POST', headers, body: '{}' });
    return {
      status: response.status,
      kind: response.headers.get('x-kind'),
      body: await response.json(),
    };
  }

  async function askHttp2(path: string): Promise<Answer> {
    const client = new Http2Client(url);
    const { status, headers, body } = await answerOf(client.open(path, '{}', HEADERS));
    await client.close();
    return { status, kind: headers['x-kind'], body: JSON.parse(body.toString()) };
  }

  describe.each([
    ['HTTP/1.1', askHttp1],
    ['HTTP/2', askHttp2],
  ])('over %s', (_, ask) => {
    const described = (path: string, params: object, query = {}): Answer => ({
      status: 201,
      kind: 'described',
      body: { params, path, query, ofApp: [true, true], trace: 'abc' },
    });

    beforeEach(() => {
      adapter.post('/model/*modelId/converse', describeRequest);
      adapter.post('/other/:name', describeRequest);
    });

    it('handles an operation without Express, and offers the methods of Express', async () => {
      const path = '/model/a%2Fb/c/converse';
      await expect(ask(path)).resolves.toEqual(described(path, { modelId: ['a/b', 'c'] }));
      expect(handledByExpress).not.toHaveBeenCalled();
    });

    it('handles the same operation through Express', async () => {
      const answer = described('/model/m/converse', { modelId: ['m'] }, { a: '1' });
      await expect(ask('/model/m/converse?a=1')).resolves.toEqual(answer);
      expect(handledByExpress).toHaveBeenCalledTimes(1);
    });

    it('leaves other routes to Express', async () => {
      await expect(ask('/other/thing')).resolves.toEqual(described('/other/thing', { name: 'thing' }));
      expect(handledByExpress).toHaveBeenCalledTimes(1);
    });

    it('passes the request to Express when the handler calls next', async () => {
      const handler = (_request: unknown, _response: unknown, next: () => void): void => next();
      adapter.post('/model/*modelId/invoke', handler);
      adapter.post('/model/*modelId/:last', describeRequest);
      const params = { modelId: ['m'], last: 'invoke' };
      await expect(ask('/model/m/invoke')).resolves.toEqual(described('/model/m/invoke', params));
      expect(handledByExpress).toHaveBeenCalledTimes(1);
    });
  });
});
