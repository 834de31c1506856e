import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** https://www.rfc-editor.org/rfc/rfc9113#section-6 */
const FRAME = { data: 0, headers: 1, reset: 3, settings: 4, goAway: 7, windowUpdate: 8 } as const;
const TYPES = Object.entries(FRAME);
const END_STREAM = 0x1;
const ACK = 0x1;
const END_HEADERS = 0x4;
const HEADER_BYTES = 9;
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const WINDOW_BYTES = 65_535;

export interface Frame {
  /** One of `FRAME`, or the number of another type. */
  readonly type: string;
  readonly streamId: number;
  readonly endStream: boolean;
  readonly payload: Buffer;
}

function frameBytes(type: number, flags: number, streamId: number, payload: Buffer | string): Buffer {
  const content = Buffer.from(payload as Buffer);
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUIntBE(content.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, content]);
}

/** https://www.rfc-editor.org/rfc/rfc7541#appendix-A, as the first byte of a field block. */
const INDEXED_STATUS: Readonly<Record<number, number>> = { 0x88: 200, 0x8c: 400, 0x8d: 404, 0x8e: 500 };
/** `:status` with a value of three characters. */
const LITERAL_STATUS = [0x48, 0x03];

/** Finds the status of the first answer of a connection: later ones may refer to it. */
export function statusOf({ payload }: Pick<Frame, 'payload'>): number {
  const [first = 0, second = 0] = payload;
  const isLiteral = first === LITERAL_STATUS[0] && second === LITERAL_STATUS[1];
  return isLiteral ? Number(payload.toString('latin1', 2, 5)) : (INDEXED_STATUS[first] ?? 0);
}

/** One HTTP/2 connection without a library: it sends and receives frames. */
export class RawHttp2 implements AsyncDisposable {
  /** The received frames, without SETTINGS and WINDOW_UPDATE. */
  readonly frames: Frame[] = [];
  readonly #socket: Socket;
  /** The bytes that may still be sent on the connection (stream 0) and on each stream. */
  readonly #windows = new Map<number, number>([[0, WINDOW_BYTES]]);
  #unread = Buffer.alloc(0);
  /** Our SETTINGS have been acknowledged. */
  #isAgreed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined).on('data', (bytes) => this.#read(bytes));
  }

  static async connect(port: number): Promise<RawHttp2> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const connection = new RawHttp2(socket);
    socket.write(Buffer.concat([Buffer.from(PREFACE), frameBytes(FRAME.settings, 0, 0, '')]));
    // in its first turn Node sends later than in the others
    while (!connection.#isAgreed && !socket.destroyed) await connection.#event('data');
    return connection;
  }

  close(): void {
    this.#socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    if (!this.#socket.closed) await once(this.#socket, 'close');
  }

  /** What `send` sends goes out in one write. */
  atOnce(send: () => void): void {
    this.#socket.cork();
    send();
    this.#socket.uncork();
  }

  /** HEADERS of a POST. */
  open(streamId: number, path: string, headers: Readonly<Record<string, string>>, endStream = false): void {
    this.#windows.set(streamId, WINDOW_BYTES);
    // the last word is that of `headers`
    const fields = {
      ':method': 'POST',
      ':scheme': 'http',
      ':path': path,
      ':authority': '127.0.0.1',
      ...headers,
    };
    const flags = END_HEADERS | (endStream ? END_STREAM : 0);
    this.#socket.write(frameBytes(FRAME.headers, flags, streamId, fieldBlock(fields)));
  }

  data(streamId: number, payload: string, endStream = false): void {
    this.#socket.write(frameBytes(FRAME.data, endStream ? END_STREAM : 0, streamId, payload));
  }

  /** DATA frames of one byte each, as fast as the windows and the socket allow; false when the other end hung up. */
  async bytes(streamId: number, body: string): Promise<boolean> {
    let sent = 0;
    while (sent < body.length && !this.#socket.destroyed) {
      const room = Math.min(this.#window(0), this.#window(streamId), body.length - sent);
      const isTaken = this.#singly(streamId, body.slice(sent, sent + room));
      sent += room;
      if (room === 0) await this.#event('data');
      else if (!isTaken) await this.#event('drain');
    }
    return sent === body.length;
  }

  /** Resolves when `isThere` holds for what has come, or the other end hung up. */
  async until(isThere: (frames: readonly Frame[]) => boolean): Promise<readonly Frame[]> {
    while (!isThere(this.frames) && !this.#socket.destroyed) await this.#event('data');
    return this.frames;
  }

  /** False when the socket holds back what it was given. */
  #singly(streamId: number, body: string): boolean {
    this.#grow(0, -body.length);
    this.#grow(streamId, -body.length);
    return this.#socket.write(
      Buffer.concat(Array.from(body, (byte) => frameBytes(FRAME.data, 0, streamId, byte))),
    );
  }

  #window(streamId: number): number {
    return this.#windows.get(streamId) ?? 0;
  }

  #grow(streamId: number, bytes: number): void {
    this.#windows.set(streamId, this.#window(streamId) + bytes);
  }

  #event(name: 'data' | 'drain'): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const settle = (): void => {
      this.#socket.off(name, settle).off('close', settle);
      resolve();
    };
    this.#socket.on(name, settle).on('close', settle);
    return promise;
  }

  #read(bytes: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    for (let end = this.#frameEnd(); end <= this.#unread.length; end = this.#frameEnd()) {
      const flags = this.#unread[4] ?? 0;
      const type = TYPES.find(([, number]) => number === this.#unread[3])?.[0] ?? String(this.#unread[3]);
      const streamId = this.#unread.readUInt32BE(5);
      const payload = this.#unread.subarray(HEADER_BYTES, end);
      this.#unread = this.#unread.subarray(end);
      this.#take({ type, streamId, endStream: hasEnd(type, flags), payload }, flags);
    }
  }

  #frameEnd(): number {
    return this.#unread.length < HEADER_BYTES ? Infinity : HEADER_BYTES + this.#unread.readUIntBE(0, 3);
  }

  #take(frame: Frame, flags: number): void {
    if (frame.type === 'windowUpdate') this.#grow(frame.streamId, frame.payload.readUInt32BE(0));
    else if (frame.type !== 'settings') this.frames.push(frame);
    else if ((flags & ACK) === 0) this.#socket.write(frameBytes(FRAME.settings, ACK, 0, ''));
    else this.#isAgreed = true;
  }
}

function hasEnd(type: string, flags: number): boolean {
  return (type === 'data' || type === 'headers') && (flags & END_STREAM) !== 0;
}

/** Every field as a literal that is neither indexed nor compressed. https://www.rfc-editor.org/rfc/rfc7541#section-6.2.2 */
function fieldBlock(fields: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(
    Object.entries(fields).flatMap(([name, value]) => [Buffer.of(0), literal(name), literal(value)]),
  );
}

function literal(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([prefixedInteger(bytes.length), bytes]);
}

/** With a prefix of 7 bits. https://www.rfc-editor.org/rfc/rfc7541#section-5.1 */
function prefixedInteger(value: number): Buffer {
  if (value < 0x7f) return Buffer.of(value);
  const bytes = [0x7f];
  let rest = value - 0x7f;
  for (; rest >= 0x80; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}
