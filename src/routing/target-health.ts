import {
  BrokenCircuitError,
  CircuitState,
  SamplingBreaker,
  circuitBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { UpstreamError } from '../openai/upstream.error.js';

/** The breaker looks at the calls of this period. With fewer calls than SAMPLE_CALLS it stays closed. */
const SAMPLE_MS = 30_000;
const SAMPLE_CALLS = 10;
/** The breaker opens when a larger part of the calls has failed. */
const MAX_FAILED_PART = 0.5;
/** An open breaker lets one call through after this time. */
const OPEN_MS = 10_000;
/** A longer Retry-After is cut to this: calling too early costs only one refused call. */
const MAX_RETRY_AFTER_MS = 600_000;

/**
 * - `ready`: can be called;
 * - `waiting`: it has sent a Retry-After, which has not passed;
 * - `open`: too many calls have failed;
 * - `probed`: the breaker was open, and one call is testing whether the target has recovered.
 */
export type Availability = 'ready' | 'waiting' | 'open' | 'probed';

/** `half-open`: one call is testing whether the target has recovered. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** A call that was not made, because recent calls of the target have failed too often. */
export class CircuitOpenError extends Error {
  override readonly name = 'CircuitOpenError';
}

/** The circuit breaker and the Retry-After of one target: one model of one upstream. */
export class TargetHealth {
  private readonly breaker: CircuitBreakerPolicy;
  private retryAt = 0;
  private closesAt = 0;

  constructor() {
    this.breaker = circuitBreaker(
      handleWhen((error) => isBreakdown(error) || this.isLostProbe(error)),
      {
        breaker: new SamplingBreaker({
          threshold: MAX_FAILED_PART,
          duration: SAMPLE_MS,
          minimumRps: (SAMPLE_CALLS * 1_000) / SAMPLE_MS,
        }),
        halfOpenAfter: OPEN_MS,
      },
    );
    this.breaker.onBreak(() => (this.closesAt = Date.now() + OPEN_MS));
  }

  get availability(): Availability {
    const { state } = this.breaker;
    if (state === CircuitState.HalfOpen) return 'probed';
    if (state === CircuitState.Open && Date.now() < this.closesAt) return 'open';
    return this.retryAt > 0 && Date.now() < this.retryAt ? 'waiting' : 'ready';
  }

  /** For metrics: `open` also when the next call may already test the target. */
  get breakerState(): BreakerState {
    const { state } = this.breaker;
    if (state === CircuitState.Closed) return 'closed';
    return state === CircuitState.HalfOpen ? 'half-open' : 'open';
  }

  /** Milliseconds until the target can be called again, as far as is known. */
  get retryAfterMs(): number {
    const { state } = this.breaker;
    const closesAt = state === CircuitState.Closed ? 0 : this.closesAt;
    return Math.max(0, this.retryAt - Date.now(), closesAt - Date.now());
  }

  /**
   * Makes a call, and updates the health from its outcome.
   * @throws CircuitOpenError when the breaker is open; otherwise what the call throws
   */
  async run<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    try {
      // during a probe only requests without another target come here: they are sent without waiting for the probe
      return await (this.breaker.state === CircuitState.HalfOpen ? call() : this.breaker.execute(call));
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new CircuitOpenError();
      if (error instanceof UpstreamError && error.retryAfterMs !== undefined) {
        this.retryAt = Date.now() + Math.min(error.retryAfterMs, MAX_RETRY_AFTER_MS);
      }
      throw error;
    }
  }

  /** The client of the probe left, which says nothing about the target: the breaker opens again. */
  private isLostProbe(error: unknown): boolean {
    const isLost = error instanceof UpstreamError && error.failure === 'aborted';
    return isLost && this.breaker.state === CircuitState.HalfOpen;
  }
}

/** A failure of the server itself, which the next call would probably meet too. A 5xx whose body refuses the request is none. */
function isBreakdown(error: unknown): boolean {
  if (!(error instanceof UpstreamError)) return false;
  const { failure, status = 0, refusesRequest = false } = error;
  return failure === 'status'
    ? status >= 500 && !refusesRequest
    : failure !== 'aborted' && failure !== 'unusable';
}
