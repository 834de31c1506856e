import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { jest } from '@jest/globals';
import { piecePace } from './piece-pace.js';

const MANY = 1_000;
const nextTurn = (): Promise<void> => new Promise(setImmediate);

describe('PiecePace', () => {
  let client: Socket;
  let request: IncomingMessage;
  let server: ReturnType<typeof createServer>;

  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = connect((server.address() as AddressInfo).port, '127.0.0.1'); // a TCP port, not a pipe
    client.on('error', () => undefined).write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\na');
    [request] = (await once(server, 'request')) as [IncomingMessage];
    request.on('error', () => undefined);
  });
  afterEach(async () => {
    client.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const countMany = (): void => {
    for (let pieces = 0; pieces < MANY; pieces += 1) piecePace.count(request);
  };

  /** How often the connection was stopped and started since. */
  function watched(): () => { stops: number; starts: number } {
    const { _handle: handle } = request.socket as unknown as {
      _handle: Record<'readStop' | 'readStart', () => void>;
    };
    const stop = jest.spyOn(handle, 'readStop');
    const start = jest.spyOn(handle, 'readStart');
    return () => ({ stops: stop.mock.calls.length, starts: start.mock.calls.length });
  }

  it('pauses a connection with many small chunks for one turn of the event loop', async () => {
    const counts = watched();
    countMany();
    expect(counts()).toEqual({ stops: 1, starts: 0 });
    await nextTurn();
    expect(counts()).toEqual({ stops: 1, starts: 1 });
  });

  it('does not pause a connection with few chunks', async () => {
    const counts = watched();
    for (let pieces = 1; pieces < MANY; pieces += 1) piecePace.count(request);
    await nextTurn();
    expect(counts()).toEqual({ stops: 0, starts: 0 });
    piecePace.count(request);
  });

  it('does not resume a connection that Node has paused', async () => {
    request.socket.pause();
    const counts = watched();
    countMany();
    await nextTurn();
    expect(counts()).toEqual({ stops: 0, starts: 0 });
  });

  it('loses no bytes', async () => {
    let read = '';
    request.setEncoding('latin1').on('data', (part: string) => {
      read += part;
      countMany();
    });
    client.write('b');
    await once(request, 'end');
    expect(read).toBe('ab');
  });

  it('does nothing if the connection has ended meanwhile', async () => {
    countMany();
    request.socket.destroy();
    await nextTurn();
    expect(countMany).not.toThrow();
  });
});
