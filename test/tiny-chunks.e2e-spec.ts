import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import type { Socket } from 'node:net';
import { ActiveRequests } from '../src/server/load/active-requests.js';
import { TrustedCertificate } from './support/certificate.js';
import { GuardedService, TEAM_A, TEAM_A_BEARER } from './support/guarded-service.js';
import { answerOf } from './support/http2-client.js';
import { memoryInUse } from './support/memory-in-use.js';
import { Service } from './support/service.js';
import { postOverHttp1, postOverHttp2 } from './support/tiny-chunks.js';
import { wrongSignature } from './support/wrong-signature.js';

const PATH = '/model/claude/converse';
const CHUNKS = 200_000;
/** Several times the number of chunks that are handled in one turn. */
const CHUNKS_IN_TLS = 5_000;
/** Not a request, so it is answered when it has ended. */
const BODY = `"${'a'.repeat(CHUNKS - 2)}"`;
/** A buffer alone costs five times as much. */
const MAX_BYTES_A_CHUNK = 20;
/** The size of Node's read buffer of a socket. */
const READ_BYTES = 64 * 1024;

type Headers = Record<string, string>;
type Send = typeof postOverHttp1;

const KEY: Headers = { authorization: `Bearer ${TEAM_A_BEARER}` };
type Reader = readonly [name: string, headers: Headers, status: number];

const READERS: readonly Reader[] = [
  ['read as JSON', KEY, 400],
  ['hashed for a wrong signature', wrongSignature(TEAM_A.accessKeyId), 403],
];
const DISCARDED: Reader = ['discarded', { authorization: 'Bearer nobody' }, 403];

const WAYS: readonly [protocol: string, send: Send, discarded: readonly Reader[]][] = [
  ['HTTP/1.1', postOverHttp1, [DISCARDED]],
  // a refused stream is reset, and costs nothing afterwards
  ['HTTP/2', postOverHttp2, []],
];

describe('A body in single bytes', () => {
  let service: GuardedService;

  beforeAll(async () => {
    service = await GuardedService.start();
  });
  afterAll(() => service[Symbol.asyncDispose]());

  describe.each(WAYS)('over %s', (_, send, discarded) => {
    it.each(READERS)('uses memory in proportion to its bytes: %s', async (__, headers, status) => {
      const inFlight = service.proxy.app.get(ActiveRequests);
      while (inFlight.count > 0) await new Promise(setImmediate);
      const before = await memoryInUse();
      const sender = await send({ port: service.proxy.port, path: PATH, headers }, BODY);
      await sender.sent;
      while (inFlight.bodyBytes < CHUNKS) await new Promise(setImmediate);
      expect(((await memoryInUse()) - before) / CHUNKS).toBeLessThan(MAX_BYTES_A_CHUNK);
      expect(await sender.end()).toBe(status);
    });

    it.each([...READERS, ...discarded])('does not block the event loop: %s', async (__, headers, status) => {
      const accepted = once(service.proxy.app.getHttpServer() as Server, 'connection');
      const sending = send({ port: service.proxy.port, path: PATH, headers }, BODY);
      const [socket] = (await accepted) as [Socket];
      const most = mostReadInATurn(socket);
      const sender = await sending;
      await sender.sent;
      expect(await sender.end()).toBe(status);
      const bytes = await most;
      expect(bytes).toBeGreaterThan(0);
      expect(bytes).toBeLessThanOrEqual(2 * READ_BYTES);
    });
  });
});

it('A body in single bytes is read to its end over HTTP/2 in TLS', async () => {
  await using certificate = await TrustedCertificate.create();
  await using service = await Service.start({
    TLS_CERT_FILE: certificate.certFile,
    TLS_KEY_FILE: certificate.keyFile,
  });
  const session = connectHttp2(service.url);
  const stream = session.request({ ':method': 'POST', ':path': PATH }, { endStream: false });
  const answered = answerOf(stream);
  // data of one turn is sent in one frame
  for (let chunks = 0; chunks < CHUNKS_IN_TLS; chunks += 1) {
    await new Promise((resolve) => stream.write('"', resolve));
  }
  stream.end();
  expect((await answered).status).toBe(400);
  const closed = once(session, 'close');
  session.close();
  await closed;
});

/** The most bytes that were read in a turn of the event loop, until the socket closes. */
async function mostReadInATurn(socket: Socket): Promise<number> {
  let most = 0;
  for (let before = 0; !socket.destroyed; before = socket.bytesRead) {
    await new Promise(setImmediate);
    most = Math.max(most, socket.bytesRead - before);
  }
  return most;
}
