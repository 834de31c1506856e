import { buildConnector, type Dispatcher, Pool } from 'undici';
import { HttpExchange } from './connection/http-exchange.js';
import type { TransportResponse } from './connection/transport-response.js';
import { UpstreamConnection } from './connection/upstream-connection.js';
import type { AnswerShare } from './held-bytes.js';
import type { Cancellation } from '../streaming/cancellation.js';

/**
 * How long an idle connection is kept when the server does not say: uvicorn, under most model servers,
 * closes it after 5 s and does not say so.
 */
const KEEP_ALIVE_MS = 4_000;

export interface TransportRequest {
  /** Names and values in turn. */
  readonly headers: string[];
  /** JSON. */
  readonly body: string | Buffer;
  /** Its reason is what the call, or whoever reads the answer, fails with. */
  readonly cancellation: Cancellation;
  /** Where what is held of the answer is counted. */
  readonly share?: AnswerShare;
}

/**
 * POST requests to one server over pooled HTTP/1.1 connections. It follows no redirect, decodes what is encoded, and
 * has no deadline but the one for connecting: `fetch` of Node or undici does more, at ten times the processor time a
 * call.
 */
export class Transport {
  readonly #pool: Pool;

  constructor(
    private readonly url: URL,
    connectTimeoutMs: number,
  ) {
    const connect = buildConnector({ allowH2: false, timeout: connectTimeoutMs });
    this.#pool = new Pool(url.origin, {
      // One call a connection: an abort closes it, and nobody else's answer waits behind a long one.
      allowH2: false,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      factory: (origin, options) => new UpstreamConnection(origin, options, connect),
    });
  }

  /**
   * A request that a connection of the pool took with it as the server closed it for idle is sent once more.
   *
   * @throws UpstreamError `connect`, `reset` or `unusable`; the reason to stop
   */
  post({ headers, body, cancellation, share }: TransportRequest): Promise<TransportResponse> {
    const path = this.url.pathname + this.url.search;
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

  /** Takes no more calls, and waits for those that still run. */
  async closeWhenIdle(): Promise<void> {
    if (!this.#pool.destroyed) await this.#pool.close();
  }
}
