import type { ChatCompletionParams } from '../chat-completion.js';
import type { Endpoint } from '../endpoint.js';
import type { TokenCount } from './token-count.js';

/** A server has no such endpoint. */
export class MissingEndpointError extends Error {
  override readonly name = 'MissingEndpointError';

  constructor(
    readonly endpoint: Endpoint,
    cause?: unknown,
  ) {
    super(`the server does not know ${endpoint}`, { cause });
  }
}

/** One upstream, as a counter sees it. */
export interface CountingServer {
  /**
   * Sends JSON; a lone surrogate becomes U+FFFD.
   * @throws MissingEndpointError, UpstreamError
   */
  post(this: void, endpoint: Endpoint, body: string | Buffer): Promise<Readonly<Record<string, unknown>>>;
}

/** How one kind of server counts the input tokens of a chat completion. */
export interface TokenCounter {
  /** An endpoint that early versions do not have. */
  readonly preferred?: Endpoint;
  /** Without this endpoint it cannot count at all. */
  readonly lastResort: Endpoint;
  /** @throws MissingEndpointError, UpstreamError */
  count(this: void, params: ChatCompletionParams, server: CountingServer): Promise<TokenCount>;
}
