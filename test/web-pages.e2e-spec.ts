import { hash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { textCompletion } from './support/answers.js';
import { Http2Client } from './support/http2-client.js';
import { LogLines } from './support/log-lines.js';
import { nextReload } from './support/next-reload.js';
import { startProxy } from './support/proxy.js';
import { sendRaw } from './support/raw-request.js';
import { answerJson } from './support/scripted-upstream.js';
import { Service } from './support/service.js';
import { TemporaryDirectory } from './support/temporary-directory.js';

const CONVERSE = '/model/m/converse';
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
const DOORS = [
  ['POST', CONVERSE],
  ['POST', '/model/m/converse-stream'],
  ['GET', '/foundation-models'],
  ['GET', '/foundation-models/m'],
  ['GET', '/inference-profiles'],
  ['POST', '/model/m/invoke'],
  ['POST', '/model/m/invoke-with-response-stream'],
  ['POST', '/model/m/count-tokens'],
  ['POST', '/v1/messages'],
  ['POST', '/v1/messages/count_tokens'],
  ['POST', '/anthropic/v1/messages'],
  ['POST', '/anthropic/v1/messages/count_tokens'],
  ['POST', '/openai/v1/chat/completions'],
  ['GET', '/openai/v1/models'],
] as const;

type Headers = Readonly<Record<string, string>>;
interface Answer {
  readonly status: number | undefined;
  readonly type: unknown;
  readonly message: unknown;
}

interface Asking {
  readonly method?: string;
  readonly path?: string;
}

async function askHttp1(url: string, headers: Headers, asking: Asking = {}): Promise<Answer> {
  const { method = 'POST', path = CONVERSE } = asking;
  const answer = await sendRaw(url, { method, path, headers, body: method === 'POST' ? BODY : '' });
  return toAnswer(answer.status, answer.headers['x-amzn-errortype'], answer.body);
}

async function askHttp2(url: string, { host, ...headers }: Headers, asking: Asking = {}): Promise<Answer> {
  const { method = 'POST', path = CONVERSE } = asking;
  const client = new Http2Client(url);
  const authority = host === undefined ? {} : { ':authority': host };
  const body = method === 'POST' ? BODY : '';
  const answer = await client.post(path, body, { ':method': method, ...authority, ...headers });
  await client.close();
  return toAnswer(answer.status, answer.headers['x-amzn-errortype'], answer.body);
}

function toAnswer(status: number | undefined, type: unknown, body: Buffer): Answer {
  // every answer here is JSON; Anthropic's and OpenAI's errors have their message in a member of its own
  const { message, error } = JSON.parse(body.toString()) as {
    message?: unknown;
    error?: { message: unknown };
  };
  return { status, type, message: message ?? error?.message };
}

const refused = (words: string): Answer => ({
  status: 403,
  type: 'AccessDeniedException',
  message: expect.stringContaining(words) as string,
});

const EVIL_PAGE = {
  'sec-fetch-site': 'cross-site',
  origin: 'https://evil.example',
  'content-type': 'text/plain',
};
const REBOUND = { host: 'evil.example:8000' };

describe.each([
  ['HTTP/1.1', askHttp1],
  ['HTTP/2', askHttp2],
])('A proxy without clients over %s', (_, ask) => {
  const log = new LogLines();
  let service: Service;

  beforeAll(async () => {
    service = await Service.start(
      { ALLOWED_HOSTS: 'dev.example', LOG_LEVEL: 'info', LOG_FORMAT: 'json' },
      log,
    );
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => {
    service.reset();
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
  });

  it.each<[string, Headers]>([
    ['an SDK', {}],
    ['a tool at this machine', { host: 'localhost:1' }],
    ['a container', { host: 'host.docker.internal:8000' }],
    ['a name that is allowed', { host: 'dev.example' }],
    [
      'a page of its own',
      { host: 'localhost:8000', origin: 'http://localhost:8000', 'sec-fetch-site': 'same-origin' },
    ],
  ])('accepts a request with %s', async (_name, headers) => {
    expect(await ask(service.url, headers)).toEqual({ status: 200, type: undefined, message: undefined });
    expect(service.upstreamRequests).toHaveLength(1);
  });

  it.each(DOORS)('refuses a page of another site: %s %s', async (method, path) => {
    const asking = { method, path };
    expect(await ask(service.url, EVIL_PAGE, asking)).toEqual(refused('web page of another site'));
    expect(await ask(service.url, { origin: 'null' }, asking)).toEqual(refused('web page of another site'));
    expect(service.upstreamRequests).toEqual([]);
  });

  it.each(DOORS)('refuses the host name of another site: %s %s', async (method, path) => {
    const asking = { method, path };
    const headers = { ...REBOUND, origin: 'http://evil.example:8000', 'sec-fetch-site': 'same-origin' };
    expect(await ask(service.url, REBOUND, asking)).toEqual(refused('ALLOWED_HOSTS'));
    expect(await ask(service.url, headers, asking)).toEqual(refused('ALLOWED_HOSTS'));
    expect(service.upstreamRequests).toEqual([]);
  });

  it.each(['/health', '/health/live', '/health/ready'])('does not check probes: %s', async (path) => {
    const answer = await ask(service.url, { ...REBOUND, ...EVIL_PAGE }, { method: 'GET', path });
    expect(answer.status).toBe(200);
  });

  it('checks the page but not the host name on other addresses than loopback', async () => {
    const variables = { HOST: '0.0.0.0', OPENAI_API_BASE: service.upstream.baseUrl };
    const proxy = await startProxy(variables);
    expect((await ask(proxy.url, { host: 'proxy.internal' })).status).toBe(200);
    expect(await ask(proxy.url, { host: 'proxy.internal', ...EVIL_PAGE })).toEqual(refused('web page'));
    await proxy.close();
  });

  it('logs the reason', async () => {
    log.clear();
    await ask(service.url, EVIL_PAGE);
    await ask(service.url, REBOUND);
    await log.find((line) => line['refusal'] === 'host');
    expect(log.requests).toMatchObject([
      { status: 403, refusal: 'cross_site', exception: 'AccessDeniedException' },
      { status: 403, refusal: 'host', exception: 'AccessDeniedException' },
    ]);
  });
});

describe('A web page that sends a large body', () => {
  it('is refused before the body arrives', async () => {
    await using service = await Service.start();
    const socket = connect(service.proxy.port, '127.0.0.1').setEncoding('latin1');
    socket.write(`POST ${CONVERSE} HTTP/1.1\r\nhost: evil.example\r\ncontent-length: 9000000\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [string];
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe('Clients in the configuration', () => {
  const KEY = 'brp_TEAM_1';
  const authorization = `Bearer ${KEY}`;
  const open = {
    upstreams: { local: { baseUrl: 'http://127.0.0.1:9' } },
    models: [{ match: '*', route: [{ upstream: 'local' }] }],
  };
  const closed = { ...open, clients: [{ name: 'team', bearerSha256: hash('sha256', KEY) }] };
  const list = { method: 'GET', path: '/foundation-models' };

  it('replace the rule as soon as they are configured', async () => {
    using directory = new TemporaryDirectory();
    const proxy = await startProxy({ CONFIG_FILE: directory.write('config.yaml', JSON.stringify(open)) });
    const ask = async () =>
      (await askHttp1(proxy.url, { ...REBOUND, ...EVIL_PAGE, authorization }, list)).status;
    const reload = async (file: object) => {
      const reloaded = nextReload(proxy);
      directory.write('config.yaml', JSON.stringify(file));
      await reloaded;
    };
    const statuses = [await ask()];
    for (const file of [closed, open]) {
      await reload(file);
      statuses.push(await ask());
    }
    await proxy.close();
    expect(statuses).toEqual([403, 200, 403]);
  });
});
