import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface RawRequest {
  readonly method?: string;
  /** Sent unchanged, while `fetch` would resolve dots. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  /** The body is sent in chunks, without a content-length. */
  readonly chunked?: boolean;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends one request over a connection of its own. */
export async function sendRaw(url: string, raw: RawRequest): Promise<RawResponse> {
  const { hostname, port } = new URL(url);
  const { method = 'POST', path, headers = {}, body = '', chunked = false } = raw;
  // by default Node sends the content-length of a body that is written at once
  const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': Buffer.byteLength(body) };
  const sending = request({ hostname, port, path, method, headers: { ...length, ...headers }, agent: false });
  const answered = once(sending, 'response');
  // once the answer is there, what becomes of the rest of the body does not matter
  answered.then(
    () => sending.on('error', () => undefined),
    () => undefined,
  );
  sending.end(body);
  const [response] = await answered;
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}
