import { request } from 'node:http';
import { TemporaryDirectory } from './support/temporary-directory.js';
import { hash } from 'node:crypto';
import { Service } from './support/service.js';

const ROUTES: readonly (readonly [method: string, path: string])[] = [
  ['GET', ''],
  ['GET', '/'],
  ['GET', '/assets/index.js'],
  ['GET', '/session'],
  ['POST', '/login'],
  ['GET', '/calls'],
  ['GET', '/calls/abc'],
  ['GET', '/events'],
  ['DELETE', '/calls'],
  ['POST', '/calls'],
  ['GET', '/absent'],
];
const STRANGERS: readonly (readonly [name: string, headers: Record<string, string>])[] = [
  ['under a foreign name, as after DNS rebinding', { host: 'rebound.example' }],
  ['under a foreign name with the right port', { host: 'rebound.example:9090' }],
  ['of another origin', { origin: 'https://example.com' }],
  ['of no origin', { origin: 'null' }],
  ['of another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ['of another site', { 'sec-fetch-site': 'cross-site' }],
  ['of a sibling', { 'sec-fetch-site': 'same-site' }],
];

/** The status of an answer; a body that never ends is not read. */
function statusOf(url: string, method: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      response.destroy();
      resolve(response.statusCode);
    });
    sent.once('error', reject).end(method === 'POST' ? '{}' : undefined);
  });
}

describe('Every route of the inspector', () => {
  const directory = new TemporaryDirectory();
  const open: { service?: Service; guarded?: Service } = {};
  beforeAll(async () => {
    open.service = await Service.start({ INSPECTOR: 'true' });
    const keyFile = directory.write('key', hash('sha256', 'key', 'hex'));
    open.guarded = await Service.start({ INSPECTOR: 'true', INSPECTOR_KEY_FILE: keyFile });
  });
  afterAll(async () => {
    await open.service?.[Symbol.asyncDispose]();
    await open.guarded?.[Symbol.asyncDispose]();
    directory[Symbol.dispose]();
  });
  const urlOf = (service: Service | undefined, path: string) =>
    `${service?.proxy.managementUrl}/inspector${path}`;

  describe.each(STRANGERS)('refuses a page %s', (_, headers) => {
    it.each(ROUTES)('%s %s', async (method, path) => {
      expect(await statusOf(urlOf(open.service, path), method, headers)).toBe(403);
      expect(await statusOf(urlOf(open.guarded, path), method, headers)).toBe(403);
    });
  });

  it.each(ROUTES.filter(([, path]) => /^\/(?:calls|events)/.test(path)))(
    'tells nothing without a login: %s %s',
    async (method, path) => {
      expect(await statusOf(urlOf(open.guarded, path), method, {})).toBe(401);
    },
  );

  it.each([
    ['its own origin', (url: string) => ({ origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' })],
    ['a URL that the user typed', () => ({ 'sec-fetch-site': 'none' })],
    ['the name localhost', (url: string) => ({ host: `localhost:${new URL(url).port}` })],
  ])('opens for %s', async (_, headersOf) => {
    const url = urlOf(open.service, '/session');
    expect(await statusOf(url, 'GET', headersOf(url))).toBe(200);
  });
});
