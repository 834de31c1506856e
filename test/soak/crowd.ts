import { connect, type Socket } from 'node:net';

/** The number of calls by result since the last report. */
export interface Tally {
  served: number;
  shed: number;
  failed: number;
  /** Calls that were not made because all connections were busy. */
  unasked: number;
}

const LAST_CHUNK = Buffer.from('0\r\n\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
/** Fewer than the backlog of a listening socket. */
const GATHERED_AT_ONCE = 64;

/**
 * Clients that make calls at a fixed rate, whatever happened to the previous ones. They use raw sockets on
 * reused connections, because a load generator must cost less than its target.
 */
export class Crowd {
  tally: Tally = { served: 0, shed: 0, failed: 0, unasked: 0 };
  /**
   * The connection that was idle for longest makes the next call, so all connections are in use, as behind a
   * load balancer.
   */
  readonly #idle = new Set<Socket>();
  readonly #waiting = new WeakMap<Socket, () => void>();
  #connections = 0;
  readonly #port: number;
  readonly #request: Buffer;

  constructor(url: string, body: Buffer) {
    const { port, pathname } = new URL(url);
    this.#port = Number(port);
    const head = `POST ${pathname} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${body.length}\r\n\r\n`;
    this.#request = Buffer.concat([Buffer.from(head), body]);
  }

  /** Connects this many clients, each with one call at a time. */
  async gather(clients: number): Promise<void> {
    while (this.#connections < clients) {
      const missing = Math.min(clients - this.#connections, GATHERED_AT_ONCE);
      await Promise.all(Array.from({ length: missing }, () => this.#askOn(this.#open())));
    }
  }

  /** So many at a time, each asking again when it is answered. */
  async askInTurn(clients: number, forMs: number): Promise<void> {
    const end = performance.now() + forMs;
    const work = async (): Promise<void> => {
      while (performance.now() < end) await this.#ask();
    };
    await Promise.all(Array.from({ length: clients }, work));
  }

  /** So many a second. */
  async askAtRate(perSecond: number, forMs: number, tickMs = 5): Promise<void> {
    const start = performance.now();
    let asked = 0;
    for (let now = start; now < start + forMs; now = performance.now()) {
      const due = ((now - start) / 1_000) * perSecond;
      for (; asked < due; asked++) this.#askIfIdle();
      await new Promise((resolve) => setTimeout(resolve, tickMs));
    }
  }

  takeTally(): Tally {
    const { tally } = this;
    this.tally = { served: 0, shed: 0, failed: 0, unasked: 0 };
    return tally;
  }

  close(): void {
    for (const socket of this.#idle) socket.destroy();
  }

  #askIfIdle(): void {
    if (this.#idle.size > 0) void this.#ask();
    else this.tally.unasked++;
  }

  #ask(): Promise<void> {
    const [idle] = this.#idle;
    return this.#askOn(idle ?? this.#open());
  }

  #askOn(socket: Socket): Promise<void> {
    this.#idle.delete(socket);
    return new Promise((resolve) => {
      this.#waiting.set(socket, resolve);
      socket.write(this.#request);
    });
  }

  #open(): Socket {
    this.#connections++;
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      received = received.length === 0 ? part : Buffer.concat([received, part]);
      const status = wholeAnswer(received);
      if (status === undefined) return;
      received = Buffer.alloc(0);
      if (status === 200) this.tally.served++;
      else if (status === 503) this.tally.shed++;
      else this.tally.failed++;
      this.#idle.add(socket);
      this.#settle(socket);
    });
    socket.on('close', () => {
      this.#connections--;
      if (!this.#idle.delete(socket)) this.tally.failed++;
      this.#settle(socket);
    });
    return socket;
  }

  #settle(socket: Socket): void {
    this.#waiting.get(socket)?.();
    this.#waiting.delete(socket);
  }
}

/** The status of an answer that is there whole. */
function wholeAnswer(bytes: Buffer): number | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  const isWhole =
    length === undefined
      ? bytes.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)
      : bytes.length >= headEnd + HEAD_END.length + Number(length);
  return isWhole ? Number(head.slice(9, 12)) : undefined;
}
