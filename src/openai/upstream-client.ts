import type { Cancellation } from '../streaming/cancellation.js';
import type { UpstreamSettings } from '../config/settings.js';
import type { TransportResponse } from './connection/transport-response.js';
import { CHAT_COMPLETIONS, type Endpoint, endpointUrl } from './endpoint.js';
import { errorAnswerToUpstreamError, parseJsonOrText } from './error-body.js';
import type { AnswerShare } from './held-bytes.js';
import { isRedirect, redirectToUpstreamError } from './redirect.js';
import { refusesRequest } from './request-refusal.js';
import { Retries } from './retries.js';
import type { UpstreamError } from './upstream.error.js';
import { Transport, type TransportRequest } from './transport.js';

export interface SendOptions {
  readonly cancellation: Cancellation;
  /** Sent beside the headers that every request has: names and values in turn. */
  readonly headers?: readonly string[];
  readonly share?: AnswerShare;
}

interface EndpointRequest extends TransportRequest {
  readonly endpoint: Endpoint;
}

const INTERNAL_SERVER_ERROR = 500;

/** Sends requests to the endpoints of one server, and sends them again after a passing failure if the settings say so. */
export class UpstreamClient {
  readonly #transport: Transport;
  readonly #retries: Retries | undefined;
  readonly #urls = new Map<Endpoint, URL>();
  readonly #headers: string[];
  #retriedCalls = 0;
  #onIdle: (() => void) | undefined;

  constructor(private readonly settings: UpstreamSettings) {
    this.#headers = toHeaders(settings);
    this.#transport = new Transport(new URL(settings.baseUrl), settings.connectTimeoutMs);
    this.#retries = settings.maxRetries > 0 ? new Retries(settings.maxRetries) : undefined;
  }

  /**
   * JSON → a response with a status of success (2xx), its body unread.
   *
   * @throws UpstreamError; the reason of the cancellation
   */
  send(
    body: string | Buffer,
    { cancellation, headers = [], share }: SendOptions,
    endpoint: Endpoint = CHAT_COMPLETIONS,
  ): Promise<TransportResponse> {
    const url = this.#urlOf(endpoint);
    const request = { url, endpoint, headers: [...this.#headers, ...headers], body, cancellation, share };
    return this.#retries === undefined ? this.#sendOnce(request) : this.#sendWith(this.#retries, request);
  }

  /** Ends the calls that still run. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  /** Resolves when the last response has been read and the connections are closed. */
  async closeWhenIdle(): Promise<void> {
    // a call that waits for its retry occupies no connection
    if (this.#retriedCalls > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
    await this.#transport.closeWhenIdle();
  }

  #urlOf(endpoint: Endpoint): URL {
    const known = this.#urls.get(endpoint);
    if (known !== undefined) return known;
    const url = endpointUrl(this.settings.baseUrl, endpoint);
    this.#urls.set(endpoint, url);
    return url;
  }

  async #sendOnce(request: EndpointRequest): Promise<TransportResponse> {
    const response = await this.#transport.post(request);
    if (response.ok) return response;
    throw await this.#readError(response, request);
  }

  async #sendWith(retries: Retries, request: EndpointRequest): Promise<TransportResponse> {
    const { cancellation } = request;
    this.#retriedCalls += 1;
    try {
      const response = await retries.execute(() => this.#post(request), cancellation);
      if (response.ok) return response;
      throw await this.#readError(response, request);
    } finally {
      this.#retriedCalls -= 1;
      if (this.#retriedCalls === 0) this.#onIdle?.();
    }
  }

  /** @throws UpstreamError `status`, which is not retried: a 500 whose message says that the request is at fault */
  async #post(request: TransportRequest): Promise<TransportResponse> {
    const response = await this.#transport.post(request);
    if (response.status !== INTERNAL_SERVER_ERROR) return response;
    const text = await response.text();
    const error = errorAnswerToUpstreamError(response.status, parseJsonOrText(text), response.headers);
    if (refusesRequest(error, this.settings.dialect)) throw error;
    return { ...response, text: () => Promise.resolve(text) };
  }

  async #readError(
    response: TransportResponse,
    { url, endpoint, cancellation }: EndpointRequest,
  ): Promise<UpstreamError> {
    const { status, headers } = response;
    // an error response that breaks off still says with its status what went wrong
    const text = await response.text().catch((error: unknown) => {
      cancellation.throwIfCancelled();
      return error instanceof Error ? error.message : '';
    });
    if (isRedirect(status)) return redirectToUpstreamError(status, headers.get('location'), url, endpoint);
    return errorAnswerToUpstreamError(status, parseJsonOrText(text), headers);
  }
}

function toHeaders({ apiKey, dialect }: UpstreamSettings): string[] {
  const headers = ['accept', 'application/json', 'content-type', 'application/json'];
  // decoding costs more time than a smaller answer saves between the proxy and its upstream
  headers.push('accept-encoding', 'identity');
  headers.push('user-agent', 'bedrock-to-openai-proxy');
  if (apiKey !== undefined) headers.push('authorization', `Bearer ${apiKey}`);
  if (apiKey !== undefined && dialect === 'azure') headers.push('api-key', apiKey);
  return headers;
}
