import {
  DelegateBackoff,
  ExponentialBackoff,
  type FailureReason,
  halfJitterGenerator,
  handleWhen,
  type IBackoff,
  type IRetryBackoffContext,
  retry,
  type RetryPolicy,
} from 'cockatiel';
import type { Cancellation } from '../streaming/cancellation.js';
import type { TransportResponse } from './connection/transport-response.js';
import { type HeaderLookup, retryAfterHeaderMs } from './retry-after.js';
import { UpstreamError, type UpstreamFailure } from './upstream.error.js';

type Send = () => Promise<TransportResponse>;

const RETRIED_FAILURES: ReadonlySet<UpstreamFailure> = new Set(['connect', 'reset', 'unusable']);
const RETRIED_STATUSES: ReadonlySet<number> = new Set([408, 409, 429]);

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 8_000;
/** If a server asks for a longer wait, the retry follows after the usual delay. */
const MAX_RETRY_AFTER_MS = 60_000;

/** Sends a request again after the failures that the official client retries, with about the same delays. */
export class Retries {
  readonly #policy: RetryPolicy;

  constructor(maxRetries: number) {
    const retried = handleWhen(isRetriedError).orWhenResult((response) =>
      isRetriedResponse(asResponse(response)),
    );
    // a request that waits for its retry keeps the process alive by its client's connection
    this.#policy = retry(retried, { maxAttempts: maxRetries, backoff: retryBackoff() }).dangerouslyUnref();
    this.#policy.onRetry((failure) => responseOf(failure)?.body.discard());
  }

  /**
   * → the first response that is not retried, or the last one.
   *
   * @throws the last UpstreamError of `send`; the reason of the cancellation, at once
   */
  async execute(send: Send, cancellation: Cancellation): Promise<TransportResponse> {
    const { promise: cancelled, reject } = Promise.withResolvers<never>();
    cancellation.onCancel(reject);
    // The policy cannot be stopped while it waits. Without `send` it does not keep the request in memory until then.
    let pending: Send | undefined = send;
    const attempts = this.#policy.execute(() => pending?.() ?? cancelled);
    try {
      return await Promise.race([cancelled, attempts]);
    } finally {
      pending = undefined;
      cancellation.offCancel(reject);
    }
  }
}

function isRetriedError(error: unknown): boolean {
  return error instanceof UpstreamError && RETRIED_FAILURES.has(error.failure);
}

function isRetriedResponse({ ok, status, headers }: TransportResponse): boolean {
  if (ok) return false;
  const shouldRetry = headers.get('x-should-retry');
  if (shouldRetry === 'true' || shouldRetry === 'false') return shouldRetry === 'true';
  return status >= 500 || RETRIED_STATUSES.has(status);
}

/** As long as the server asks to wait, else 0.5 s, doubled with each retry up to 8 s, of which up to half is left out at random. */
function retryBackoff(): DelegateBackoff<IRetryBackoffContext<unknown>, IBackoff<unknown>> {
  const exponential = new ExponentialBackoff({
    generator: halfJitterGenerator,
    initialDelay: FIRST_DELAY_MS,
    maxDelay: MAX_DELAY_MS,
  });
  return new DelegateBackoff(({ result }, previous) => {
    const backoff = previous === undefined ? exponential.next() : previous.next(undefined);
    const response = responseOf(result);
    const retryAfterMs = response && requestedDelayMs(response.headers);
    return { delay: retryAfterMs ?? backoff.duration, state: backoff };
  });
}

function requestedDelayMs(headers: HeaderLookup): number | undefined {
  const retryAfterMs = retryAfterHeaderMs(headers);
  return retryAfterMs !== undefined && retryAfterMs <= MAX_RETRY_AFTER_MS ? retryAfterMs : undefined;
}

function responseOf(failure: FailureReason<unknown>): TransportResponse | undefined {
  return 'value' in failure ? asResponse(failure.value) : undefined;
}

/** The policy executes nothing but `Send`. */
function asResponse(value: unknown): TransportResponse {
  return value as TransportResponse;
}
