import { hash } from 'node:crypto';
import { GuardedService, TEAM_A } from './support/guarded-service.js';
import { RawHttp2, statusOf, type Frame } from './support/raw-http2.js';
import { RoutedService } from './support/routed-service.js';
import { Service } from './support/service.js';
import { wrongSignature } from './support/wrong-signature.js';

const PATH = '/model/claude/converse';
const BODY = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
const NO_REQUEST = '{"messages":1}';
const PART_OF_A_BODY = 'x'.repeat(16_000);
const MAX_BODY_MB = '1';
const WRONG_SIGNATURE = wrongSignature(TEAM_A.accessKeyId);

type Headers = Readonly<Record<string, string>>;
type Send = (connection: RawHttp2, headers: Headers) => void;

/** The part of the proxy that refuses, and the request. */
interface Refusal extends AsyncDisposable {
  readonly port: number;
  readonly headers: Headers;
}

const REFUSALS: Readonly<Record<string, { status: number; start: () => Promise<Refusal> }>> = {
  'an unknown key': { status: 403, start: () => guarded({ authorization: 'Bearer nobody' }) },
  'a wrong secret, with the hash of the body': {
    status: 403,
    start: () => guarded({ ...WRONG_SIGNATURE, 'x-amz-content-sha256': hash('sha256', BODY) }),
  },
  'a client over its limit': { status: 429, start: overLimit },
  'a process with all it can carry': { status: 503, start: full },
  'an operation that is not there': {
    status: 404,
    start: async () => ({ ...(await open()), headers: { ':path': '/model/claude/unknown' } }),
  },
  'a compressed body': {
    status: 400,
    start: async () => ({ ...(await open()), headers: { 'content-encoding': 'gzip' } }),
  },
};

const BEFORE_THE_END: typeof REFUSALS = {
  'a body that is announced too large': {
    status: 400,
    start: async () => ({ ...(await open()), headers: { 'content-length': String(3 * 1024 * 1024) } }),
  },
};

/** The whole body is read before they are refused. */
const READ: typeof REFUSALS = {
  'a wrong secret': { status: 403, start: () => guarded(WRONG_SIGNATURE) },
  'a request that is none': { status: 400, start: open },
};

/** The frames of a whole request, sent in one write. */
const ENDED: Readonly<Record<string, Send>> = {
  'without a body': (connection, headers) => connection.open(1, PATH, headers, true),
  'with its body': (connection, headers) => {
    connection.open(1, PATH, headers);
    connection.data(1, NO_REQUEST, true);
  },
  'whose end has a frame of its own': (connection, headers) => {
    connection.open(1, PATH, headers);
    connection.data(1, NO_REQUEST);
    connection.data(1, '', true);
  },
};

const NOT_ENDED: Readonly<Record<string, Send>> = {
  'of which the headers are there': (connection, headers) => connection.open(1, PATH, headers),
  'of which a part is there': (connection, headers) => {
    connection.open(1, PATH, headers);
    connection.data(1, PART_OF_A_BODY);
  },
};

describe('Over HTTP/2', () => {
  it.each(pairs({ ...REFUSALS, ...READ }, ENDED))(
    '%s: a request %s gets the complete answer, and no reset',
    async (_, __, { refusal, send }) => {
      await using refuser = await refusal.start();
      await using connection = await RawHttp2.connect(refuser.port);
      connection.atOnce(() => send(connection, refuser.headers));
      await connection.until((frames) => of(1, frames).some(isLast));
      // all frames of the first answer have arrived when a second request is answered
      connection.open(3, '/model/claude/unknown', {}, true);
      await connection.until((frames) => of(3, frames).some(({ endStream }) => endStream));
      expect(told(connection)).toEqual({ status: refusal.status, frames: ['headers', 'data', 'end'] });
    },
  );

  it.each(pairs({ ...REFUSALS, ...BEFORE_THE_END }, NOT_ENDED))(
    '%s: a request %s gets the complete answer before it is reset',
    async (_, __, { refusal, send }) => {
      await using refuser = await refusal.start();
      await using connection = await RawHttp2.connect(refuser.port);
      connection.atOnce(() => send(connection, refuser.headers));
      await connection.until((frames) => of(1, frames).some(({ type }) => type === 'reset'));
      expect(told(connection)).toEqual({
        status: refusal.status,
        frames: ['headers', 'data', 'end', 'reset 0'],
      });
    },
  );
});

function pairs<A, B>(
  refusals: Record<string, A>,
  sends: Record<string, B>,
): [string, string, { refusal: A; send: B }][] {
  return Object.entries(refusals).flatMap(([name, refusal]) =>
    Object.entries(sends).map(([how, send]): [string, string, { refusal: A; send: B }] => [
      name,
      how,
      { refusal, send },
    ]),
  );
}

const of = (id: number, frames: readonly Frame[]): Frame[] =>
  frames.filter(({ streamId }) => streamId === id);
const isLast = ({ type, endStream }: Frame): boolean => endStream || type === 'reset';

/** The answer on stream 1; its end may be a flag of the last data or a frame of its own. */
function told({ frames }: RawHttp2): { status: number | undefined; frames: string[] } {
  const answer = of(1, frames);
  const [headers] = answer;
  return { status: headers && statusOf(headers), frames: answer.flatMap(wordsOf) };
}

function wordsOf({ type, endStream, payload }: Frame): string[] {
  if (type === 'reset') return [`reset ${payload.readUInt32BE(0)}`];
  const isEmpty = type === 'data' && payload.length === 0;
  return [isEmpty ? '' : type, endStream ? 'end' : ''].filter((word) => word !== '');
}

async function open(): Promise<Refusal> {
  const service = await Service.start({ MAX_BODY_MB });
  return {
    port: service.proxy.port,
    headers: {},
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}

async function guarded(headers: Headers): Promise<Refusal> {
  const service = await GuardedService.start();
  return { port: service.proxy.port, headers, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
}

async function overLimit(): Promise<Refusal> {
  const service = await RoutedService.start({
    upstreams: { first: {} },
    models: [{ match: '*', route: [{ upstream: 'first' }] }],
    clients: [{ name: 'none', bearerSha256: hash('sha256', 'none'), limits: { requestsPerMinute: 1 } }],
  });
  const headers = { authorization: 'Bearer none' };
  await fetch(service.proxy.url + PATH, { method: 'POST', headers, body: '{}' });
  return { port: service.proxy.port, headers, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
}

async function full(): Promise<Refusal> {
  const service = await Service.start({ MAX_REQUESTS_IN_FLIGHT: '1' });
  const leaving = new AbortController();
  const waiting = fetch(service.url + PATH, { method: 'POST', body: BODY, signal: leaving.signal });
  await service.upstream.received(1);
  return {
    port: service.proxy.port,
    headers: {},
    [Symbol.asyncDispose]: async () => {
      leaving.abort();
      await waiting.catch(() => undefined);
      await service[Symbol.asyncDispose]();
    },
  };
}
