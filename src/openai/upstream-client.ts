import { OpenAI } from 'openai';
import type { UpstreamSettings } from '../config/settings.js';
import { errorAnswerToUpstreamError } from './error-body.js';
import { Transport, type TransportRequest, type TransportResponse } from './transport.js';
import { UpstreamError } from './upstream.error.js';

type BuiltRequest = Awaited<ReturnType<OpenAI['buildRequest']>>;
type ClientOptions = Parameters<OpenAI['buildRequest']>[0];

/** The client does not start without a key. This one is never sent: the headers are written here. */
const UNUSED_KEY = 'unused';

/**
 * The official client, for its retries, over the transport of this room. The request is built here: the headers
 * never change, the body is JSON already, and what the client would add (telemetry, its platform) some servers refuse.
 */
export class UpstreamClient extends OpenAI {
  readonly #transport: Transport;
  readonly #url: URL;
  readonly #headers: string[];
  #sending = 0;
  #onIdle: (() => void) | undefined;

  constructor(settings: UpstreamSettings) {
    super({
      baseURL: settings.baseUrl,
      apiKey: settings.apiKey ?? UNUSED_KEY,
      maxRetries: settings.maxRetries,
      timeout: settings.timeoutMs,
      organization: null,
      project: null,
      logLevel: 'off',
    });
    this.#url = chatCompletionsUrl(settings.baseUrl);
    this.#headers = toHeaders(settings);
    this.#transport = new Transport(this.#url, settings.connectTimeoutMs);
  }

  /**
   * JSON → the answer of a server that agreed (2xx), its body unread.
   *
   * @throws UpstreamError; the reason of the signal
   */
  async send(body: string, signal: AbortSignal): Promise<TransportResponse> {
    this.#sending += 1;
    try {
      const response: unknown = await this.post('/chat/completions', { body, signal }).asResponse();
      // It is what `fetchWithTimeout` below returned.
      return response as TransportResponse;
    } catch (error) {
      signal.throwIfAborted();
      throw toUpstreamError(error);
    } finally {
      this.#sending -= 1;
      if (this.#sending === 0) this.#onIdle?.();
    }
  }

  /** Ends the calls that still run. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  /** Resolves when the last answer has been read, and the connections are closed. */
  async closeWhenIdle(): Promise<void> {
    // between two tries of a call nothing is on a connection
    if (this.#sending > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
    await this.#transport.closeWhenIdle();
  }

  override async buildRequest({ body, signal }: ClientOptions): Promise<BuiltRequest> {
    const request: unknown = { method: 'POST', headers: this.#headers, body, signal };
    // The client only hands it on, to `fetchWithTimeout` below.
    return { req: request as BuiltRequest['req'], url: this.#url.href, timeout: this.timeout };
  }

  /** Without the client's timer and signals: a call's one signal carries its deadlines. */
  override async fetchWithTimeout(_url: unknown, request: unknown): Promise<Response> {
    // What `buildRequest` above built.
    const response: unknown = await this.#transport.post(request as TransportRequest);
    // The client reads no more of it than a TransportResponse has.
    return response as Response;
  }

  /** The client's own errors keep only what is in `error`, which many servers' bodies do not have. */
  protected override makeStatusError(
    status: number,
    body: object | undefined,
    text: string | undefined,
    headers: Headers,
  ): never {
    throw errorAnswerToUpstreamError(status, body ?? text, headers);
  }
}

/** The base as it stands, with the path added and a query (Azure's `api-version`) kept. */
function chatCompletionsUrl(baseUrl: string): URL {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`;
  return url;
}

function toHeaders({ apiKey, dialect }: UpstreamSettings): string[] {
  const headers = ['accept', 'application/json', 'content-type', 'application/json'];
  headers.push('user-agent', 'bedrock-to-openai-proxy');
  if (apiKey !== undefined) headers.push('authorization', `Bearer ${apiKey}`);
  if (apiKey !== undefined && dialect === 'azure') headers.push('api-key', apiKey);
  return headers;
}

/** The client wraps what the transport throws as the cause of an error of its own. */
function toUpstreamError(error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error;
  if (error instanceof Error && error.cause instanceof UpstreamError) return error.cause;
  return new UpstreamError('connect', 'the request could not be sent', { cause: error });
}
