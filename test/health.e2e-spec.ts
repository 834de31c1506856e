import { DrainState } from '../src/server/drain-state.js';
import { Http2Client } from './support/http2-client.js';
import { Service } from './support/service.js';

const UP = { accepting_requests: { status: 'up' } };
const DOWN = { accepting_requests: { status: 'down', reason: 'shutting_down' } };
const healthy = (details: object) => ({ status: 'ok', info: details, error: {}, details });

describe('Health', () => {
  let service: Service;

  beforeEach(async () => {
    service = await Service.start();
  });
  afterEach(() => service[Symbol.asyncDispose]());

  const ask = async (path: string) => {
    const response = await fetch(service.url + path);
    return [response.status, await response.json()] as const;
  };

  it.each([
    ['/health', UP],
    ['/health/ready', UP],
    ['/health/live', {}],
  ])('%s reports success without calling the upstream', async (path, details) => {
    await service.upstream.close();
    expect(await ask(path)).toEqual([200, healthy(details)]);
    expect(service.upstream.requests).toEqual([]);
  });

  it.each([
    ['/health', 503, { status: 'error', info: {}, error: DOWN, details: DOWN }],
    ['/health/ready', 503, { status: 'error', info: {}, error: DOWN, details: DOWN }],
    ['/health/live', 200, healthy({})],
  ])('%s answers %i while the proxy shuts down', async (path, status, report) => {
    service.proxy.app.get(DrainState).onModuleDestroy();
    expect(await ask(path)).toEqual([status, report]);
  });

  it('is reported over HTTP/2, and is not cached', async () => {
    const http2 = new Http2Client(service.url);
    const { status, headers } = await http2.post('/health/ready', '', { ':method': 'GET' });
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-cache, no-store, must-revalidate');
    expect(headers['content-type']).toBe('application/json');
    await http2.close();
  });

  it.each(['/health/unknown', '/healthz'])('has no %s', async (path) => {
    expect((await ask(path))[0]).toBe(404);
  });
});
