import { once, type EventEmitter } from 'node:events';
import {
  connect,
  constants,
  createServer,
  type ClientHttp2Session,
  type Http2Server,
  type ServerHttp2Session,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { CONNECTION_LIMITS } from '../../test/support/dual-protocol.js';
import { memoryInUse } from '../../test/support/memory-in-use.js';
import { until } from '../../test/support/until.js';
import { Http2Sessions } from './http2-sessions.js';

type End = (client: ClientHttp2Session, sessions: Http2Sessions, session: ServerHttp2Session) => unknown;

const ENDS: readonly [how: string, end: End][] = [
  ['the client closes it', (client) => client.close()],
  ['the client disconnects', (client) => client.destroy()],
  ['the server goes away', (_, sessions) => sessions.goAway()],
  ['the server destroys it', (_, sessions) => sessions.destroy()],
  [
    'an error destroys it',
    (_, __, session) => session.destroy(new Error('x'), constants.NGHTTP2_PROTOCOL_ERROR),
  ],
];

/** `once` would reject with the error of a session. */
const closeOf = (of: EventEmitter): Promise<void> =>
  new Promise((resolve) => void of.once('close', () => resolve()));

describe('A closed HTTP/2 session', () => {
  let server: Http2Server;

  beforeEach(async () => {
    server = createServer((_, response) => response.end());
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => server.close());

  /** The weak reference of the server's end of a connection that has carried a request and was closed. */
  async function closedBy(end: End): Promise<WeakRef<ServerHttp2Session>> {
    const sessions = new Http2Sessions(server, CONNECTION_LIMITS);
    const { port } = server.address() as AddressInfo; // of a TCP server that listens
    const client = connect(`http://127.0.0.1:${port}`).on('error', () => undefined);
    const [session] = (await once(server, 'session')) as [ServerHttp2Session];
    await once(client.request().resume(), 'end');
    const closed = Promise.all([closeOf(client), closeOf(session)]);
    end(client, sessions, session);
    await closed;
    return new WeakRef(session);
  }

  it.each(ENDS)('is kept by nothing, not even by its timer, when %s', async (_, end) => {
    const session = await closedBy(end);
    await until(async () => {
      // a turn ends in which the reference was read
      await setTimeout();
      await memoryInUse();
      return session.deref() === undefined;
    });
  });
});
