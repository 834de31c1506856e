import { buildConnector, type Dispatcher, Pool } from 'undici';
import { HttpExchange } from './connection/http-exchange.js';
import type { TransportResponse } from './connection/transport-response.js';
import { UpstreamConnection } from './connection/upstream-connection.js';
import type { AnswerShare } from './held-bytes.js';
import type { Cancellation } from '../streaming/cancellation.js';

/**
 * How long an idle connection is kept if the server sends no Keep-Alive header. uvicorn, which most model servers use,
 * closes it after 5 s without one.
 */
const KEEP_ALIVE_MS = 4_000;

export interface TransportRequest {
  readonly url: URL;
  /** Names and values in turn. */
  readonly headers: string[];
  /** JSON. */
  readonly body: string | Buffer;
  /** Its reason becomes the error of the call, or of the body while that is read. */
  readonly cancellation: Cancellation;
  /** Counts the bytes of the answer that are in memory. */
  readonly share?: AnswerShare;
}

/**
 * Sends POST requests to one server over pooled HTTP/1.1 connections. It decodes content encodings, follows no
 * redirects, and has no timeout except for connecting. `fetch` of Node or undici does more, but takes ten times the
 * processor time for a call.
 */
export class Transport {
  readonly #pool: Pool;

  /** @param origin any URL of the server */
  constructor({ origin }: URL, connectTimeoutMs: number) {
    const connect = buildConnector({ allowH2: false, timeout: connectTimeoutMs });
    this.#pool = new Pool(origin, {
      // one call at a time on a connection: to abort a call closes it, and a long answer delays no other
      allowH2: false,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      factory: (origin, options) => new UpstreamConnection(origin, options, connect),
    });
  }

  /**
   * If the server closes an idle connection just as the request is sent over it, the request is sent once more.
   *
   * @throws UpstreamError `connect`, `reset` or `unusable`; the reason of the cancellation
   */
  post({ url, headers, body, cancellation, share }: TransportRequest): Promise<TransportResponse> {
    const path = url.pathname + url.search;
    return new Promise((resolve, reject) => {
      cancellation.throwIfCancelled();
      const request: Dispatcher.DispatchOptions = { method: 'POST', path, headers, body };
      const exchange = new HttpExchange(request, { cancellation, share }, { resolve, reject });
      try {
        this.#pool.dispatch(request, exchange);
      } catch (error) {
        exchange.onResponseError(undefined, error);
      }
    });
  }

  /** Ends the calls that still run. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  /** Accepts no more calls, and waits for those that still run. */
  async closeWhenIdle(): Promise<void> {
    if (!this.#pool.destroyed) await this.#pool.close();
  }
}
