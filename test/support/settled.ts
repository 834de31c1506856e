import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** After this many round trips everything that can move has moved, however slow the machine is. */
const ROUND_TRIPS = 100;
/** The system may delay bytes, for example until an acknowledgement. */
const SILENCE_MS = 150;

/**
 * Resolves to a count that has begun and no longer grows. Elapsed time does not show that, because a busy
 * machine may do nothing for as long. So bytes are exchanged over loopback meanwhile, by the same event loop as
 * those that are counted.
 */
export async function settled(count: () => number): Promise<number> {
  await using echo = await Echo.start();
  let before = 0;
  while (count() === 0 || count() !== before) {
    before = count();
    await Promise.all([echo.roundTrips(ROUND_TRIPS), setTimeout(SILENCE_MS)]);
  }
  return before;
}

class Echo implements AsyncDisposable {
  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    private readonly socket: Socket,
  ) {}

  static async start(): Promise<Echo> {
    const server = createServer((socket) => socket.setNoDelay().pipe(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // a TCP port, not a pipe
    const socket = connect(port, '127.0.0.1').setNoDelay();
    await once(socket, 'connect');
    return new Echo(server, socket);
  }

  async roundTrips(count: number): Promise<void> {
    for (let trip = 0; trip < count; trip += 1) {
      this.socket.write('x');
      await once(this.socket, 'data');
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, 'close');
    this.socket.destroy();
    this.server.close();
    await closed;
  }
}
