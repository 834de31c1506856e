import { errors, Pool, type Dispatcher } from 'undici';
import { openBody } from './body-input.js';
import type { BodyInput, ResponseBody } from './response-body.js';
import type { HeaderLookup } from './retry-after.js';
import type { Stop } from './stop.js';
import { UpstreamError } from './upstream.error.js';

/**
 * How long an idle connection is kept when the server does not say: uvicorn, under most model servers,
 * closes it after 5 s and does not say so.
 */
const KEEP_ALIVE_MS = 4_000;

export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const MAX_REFUSAL_BYTES = 1024 * 1024;

export interface TransportRequest {
  /** Names and values in turn. */
  readonly headers: string[];
  /** JSON. */
  readonly body: string | Buffer;
  /** Its reason is what the call, or whoever reads the answer, fails with. */
  readonly stop: Stop;
}

/** The part of the `Response` of fetch that the `openai` client and the gateway read. */
export interface TransportResponse {
  readonly url: string;
  readonly status: number;
  readonly ok: boolean;
  readonly headers: HeaderLookup & { entries(): Iterable<[string, string]> };
  readonly body: ResponseBody;
  text(): Promise<string>;
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
    this.#pool = new Pool(url.origin, {
      // One call a connection: an abort closes it, and nobody else's answer waits behind a long one.
      allowH2: false,
      pipelining: 1,
      connect: { timeout: connectTimeoutMs },
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
    });
  }

  /** @throws UpstreamError `connect`, `reset` or `unusable`; the reason to stop */
  post({ headers, body, stop }: TransportRequest): Promise<TransportResponse> {
    const path = this.url.pathname + this.url.search;
    return new Promise((resolve, reject) => {
      stop.throwIfStopped();
      const exchange = new HttpExchange(this.url.href, stop, { resolve, reject });
      try {
        this.#pool.dispatch({ method: 'POST', path, headers, body }, exchange);
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

interface Settlement {
  readonly resolve: (response: TransportResponse) => void;
  readonly reject: (reason: unknown) => void;
}

/** One request and its answer, as the pool reports them. */
class HttpExchange implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #body: ResponseBody | undefined;
  #input: BodyInput | undefined;

  constructor(
    private readonly url: string,
    private readonly stop: Stop,
    private readonly settlement: Settlement,
  ) {
    stop.listen(this.#end);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.stop.reason !== undefined) this.#end(this.stop.reason);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: NodeJS.Dict<string | string[]>,
  ): void {
    if (status < 200) return;
    const { body, input } = openBody(controller, headers['content-encoding']?.toString());
    this.#body = body;
    this.#input = input;
    this.settlement.resolve(toResponse(this.url, status, headers, body));
  }

  onResponseData(_controller: Dispatcher.DispatchController, bytes: Buffer): void {
    this.#input?.push(bytes);
  }

  onResponseEnd(): void {
    this.stop.listen(undefined);
    this.#input?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: unknown): void {
    this.stop.listen(undefined);
    const reason = this.stop.reason ?? connectionErrorToUpstreamError(error, this.#isSent);
    this.settlement.reject(reason);
    this.#input?.fail(reason);
  }

  get #isSent(): boolean {
    return this.#controller !== undefined;
  }

  /** Before there is a connection there is nothing to close: then the start of the request looks again. */
  readonly #end = (reason: Error): void => {
    this.settlement.reject(reason);
    this.#body?.destroy(reason);
    this.#controller?.abort(reason);
  };
}

function toResponse(
  url: string,
  status: number,
  headers: NodeJS.Dict<string | string[]>,
  body: ResponseBody,
): TransportResponse {
  const ok = status >= 200 && status < 300;
  return {
    url,
    status,
    ok,
    headers: {
      get: (name) => headers[name]?.toString() ?? null,
      // The client looks here for a request id, only to log it.
      entries: () => [],
    },
    body,
    text: () => body.text(ok ? MAX_ANSWER_BYTES : MAX_REFUSAL_BYTES),
  };
}

/** What fails before the request is on a connection is the connecting; later the connection broke, or spoke no HTTP. */
function connectionErrorToUpstreamError(error: unknown, isSent: boolean): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const code = textMember(error, 'code');
  const message = textMember(error, 'message') ?? code ?? 'the connection failed';
  const details = { code, cause: error };
  if (!isSent) return new UpstreamError('connect', message, details);
  const isHttp = !(error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError);
  if (!isHttp) return new UpstreamError('unusable', message, details);
  return new UpstreamError('reset', message, details);
}

function textMember(error: unknown, name: 'code' | 'message'): string | undefined {
  if (typeof error !== 'object' || error === null || !(name in error)) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
