import { OpenAI } from 'openai';
import type { DialectName } from '../config/dialect-names.js';
import type { UpstreamSettings } from '../config/settings.js';
import { chatCompletionsUrl } from './chat-completions-url.js';
import type { TransportResponse } from './connection/transport-response.js';
import { errorAnswerToUpstreamError, parseJsonOrText } from './error-body.js';
import type { AnswerShare } from './held-bytes.js';
import { isRedirect, redirectToUpstreamError } from './redirect.js';
import { refusesRequest } from './request-refusal.js';
import type { HeaderLookup } from './retry-after.js';
import type { Stop } from './stop.js';
import { Transport, type TransportRequest } from './transport.js';
import { UpstreamError } from './upstream.error.js';

type BuiltRequest = Awaited<ReturnType<OpenAI['buildRequest']>>;
type ClientOptions = Parameters<OpenAI['buildRequest']>[0];

/** What is known of a call when it is sent. */
export interface SendOptions {
  readonly stop: Stop;
  /** Beside those that never change: names and values in turn. */
  readonly headers?: readonly string[];
  readonly share?: AnswerShare;
}

/** The client does not start without a key. This one is never sent: the headers are written here. */
const UNUSED_KEY = 'unused';

const FAILURE = 500;

/**
 * One server. A call goes straight over the transport of this room; where it may be tried again it goes through the
 * official client, for its retries. Their requests are built here either way: the headers are written down already,
 * the body is JSON already, and what the client would add (telemetry, its platform) some servers refuse.
 */
export class UpstreamClient extends OpenAI {
  readonly #transport: Transport;
  readonly #url: URL;
  readonly #headers: string[];
  readonly #dialect: DialectName;
  #repeating = 0;
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
    this.#dialect = settings.dialect;
    this.#transport = new Transport(this.#url, settings.connectTimeoutMs);
  }

  /**
   * JSON → the answer of a server that agreed (2xx), its body unread.
   *
   * @throws UpstreamError; the reason to stop
   */
  send(body: string | Buffer, { stop, headers = [], share }: SendOptions): Promise<TransportResponse> {
    const request = { headers: [...this.#headers, ...headers], body, stop, share };
    return this.maxRetries === 0 ? this.#ask(request) : this.#askRepeatedly(request);
  }

  async #ask(request: TransportRequest): Promise<TransportResponse> {
    const response = await this.#transport.post(request);
    if (response.ok) return response;
    // a refusal that breaks off is one all the same, unless nobody waits for it
    const text = await response.text().catch((error: unknown) => {
      request.stop.throwIfStopped();
      return error instanceof Error ? error.message : '';
    });
    throw this.#refusal(response.status, parseJsonOrText(text), response.headers);
  }

  async #askRepeatedly(request: TransportRequest): Promise<TransportResponse> {
    this.#repeating += 1;
    try {
      const { signal } = request.stop;
      const response: unknown = await this.post('/chat/completions', { body: request, signal }).asResponse();
      // It is what `fetchWithTimeout` below returned.
      return response as TransportResponse;
    } catch (error) {
      request.stop.throwIfStopped();
      throw toUpstreamError(error);
    } finally {
      this.#repeating -= 1;
      if (this.#repeating === 0) this.#onIdle?.();
    }
  }

  /** Ends the calls that still run. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  /** Resolves when the last answer has been read, and the connections are closed. */
  async closeWhenIdle(): Promise<void> {
    // between two tries of a call nothing is on a connection
    if (this.#repeating > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
    await this.#transport.closeWhenIdle();
  }

  override async buildRequest({ body }: ClientOptions): Promise<BuiltRequest> {
    // What `#askRepeatedly` above gave; the client only hands it on, to `fetchWithTimeout` below.
    return { req: body as BuiltRequest['req'], url: this.#url.href, timeout: this.timeout };
  }

  /** Without the client's timer and signals: a call's one signal carries its deadlines. */
  override async fetchWithTimeout(_url: unknown, request: unknown): Promise<Response> {
    // What `buildRequest` above built.
    const answer = await this.#transport.post(request as TransportRequest);
    const response: unknown = answer.status === FAILURE ? await this.#judge(answer) : answer;
    // The client reads no more of it than a TransportResponse has.
    return response as Response;
  }

  /** By its words a 500 may be the refusal of the request, which the client is told not to repeat. */
  async #judge(answer: TransportResponse): Promise<TransportResponse> {
    const text = await answer.text();
    const error = errorAnswerToUpstreamError(answer.status, parseJsonOrText(text), answer.headers);
    const isFinal = refusesRequest(error, this.#dialect);
    const get = (name: string): string | null =>
      isFinal && name === 'x-should-retry' ? 'false' : answer.headers.get(name);
    return { ...answer, headers: { ...answer.headers, get }, text: () => Promise.resolve(text) };
  }

  /** The client's own errors keep only what is in `error`, which many servers' bodies do not have. */
  protected override makeStatusError(
    status: number,
    body: object | undefined,
    text: string | undefined,
    headers: Headers,
  ): never {
    throw this.#refusal(status, body ?? text, headers);
  }

  #refusal(status: number, body: unknown, headers: HeaderLookup): UpstreamError {
    if (isRedirect(status)) return redirectToUpstreamError(status, headers.get('location'), this.#url);
    return errorAnswerToUpstreamError(status, body, headers);
  }
}

function toHeaders({ apiKey, dialect }: UpstreamSettings): string[] {
  const headers = ['accept', 'application/json', 'content-type', 'application/json'];
  // to decode costs more than what the network between the two saves
  headers.push('accept-encoding', 'identity');
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
