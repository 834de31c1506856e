import { once } from 'node:events';
import {
  connect,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';

export interface Http2Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One HTTP/2 connection for any number of concurrent requests. */
export class Http2Client {
  readonly session: ClientHttp2Session;

  constructor(url: string) {
    this.session = connect(url);
    this.session.on('error', () => undefined);
  }

  /** A POST whose answer has not been read yet. */
  open(path: string, body: string, headers: OutgoingHttpHeaders = {}): ClientHttp2Stream {
    // otherwise Node ends the request at once for methods that usually have no body
    const options = { endStream: false };
    const stream = this.session.request({ ':method': 'POST', ':path': path, ...headers }, options);
    stream.on('error', () => undefined);
    stream.end(body);
    return stream;
  }

  async post(path: string, body: string, headers: OutgoingHttpHeaders = {}): Promise<Http2Answer> {
    return answerOf(this.open(path, body, headers));
  }

  async close(): Promise<void> {
    if (this.session.closed) return;
    const closed = once(this.session, 'close');
    this.session.close();
    await closed;
  }
}

export async function answerOf(stream: ClientHttp2Stream): Promise<Http2Answer> {
  const [headers] = (await once(stream, 'response')) as [IncomingHttpHeaders];
  const parts: Buffer[] = await Array.fromAsync(stream);
  return { status: Number(headers[':status']), headers, body: Buffer.concat(parts) };
}
