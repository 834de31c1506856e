import {
  BrokenCircuitError,
  CircuitState,
  SamplingBreaker,
  circuitBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { UpstreamError } from '../openai/upstream.error.js';
import { CircuitOpenError } from './circuit-open.error.js';

/** More than half of the calls of so long, if there were so many: one failure under little traffic means nothing. */
const SAMPLE_MS = 30_000;
const SAMPLE_CALLS = 10;
const FAILURES_AT_MOST = 0.5;
/** Then it is left alone for so long, until one call tries again. */
const REST_MS = 10_000;
/** What upstreams ask for is kept up to so long: one refused call is all that it costs to ask earlier. */
const MAX_WAIT_MS = 600_000;

/**
 * - `ready`: may be asked;
 * - `waiting`: asked for time, by a Retry-After;
 * - `open`: has failed too often;
 * - `probed`: had, and one call is finding out whether it has recovered.
 */
export type Availability = 'ready' | 'waiting' | 'open' | 'probed';

/** `half-open`: one call is finding out whether the target has recovered. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** What recent calls say about one model of one upstream. */
export class TargetHealth {
  private readonly breaker: CircuitBreakerPolicy;
  private askAgainAt = 0;
  private restedAt = 0;

  constructor() {
    this.breaker = circuitBreaker(
      handleWhen((error) => isBreakdown(error) || this.isLostProbe(error)),
      {
        breaker: new SamplingBreaker({
          threshold: FAILURES_AT_MOST,
          duration: SAMPLE_MS,
          minimumRps: (SAMPLE_CALLS * 1_000) / SAMPLE_MS,
        }),
        halfOpenAfter: REST_MS,
      },
    );
    this.breaker.onBreak(() => (this.restedAt = Date.now() + REST_MS));
  }

  get availability(): Availability {
    const { state } = this.breaker;
    if (state === CircuitState.HalfOpen) return 'probed';
    if (state === CircuitState.Open && Date.now() < this.restedAt) return 'open';
    return this.askAgainAt > 0 && Date.now() < this.askAgainAt ? 'waiting' : 'ready';
  }

  /** `open` until a call has succeeded again, also when it may be asked already. */
  get breakerState(): BreakerState {
    const { state } = this.breaker;
    if (state === CircuitState.Closed) return 'closed';
    return state === CircuitState.HalfOpen ? 'half-open' : 'open';
  }

  /** Milliseconds until it may be asked again, as far as it is known. */
  get retryAfterMs(): number {
    const { state } = this.breaker;
    const restedAt = state === CircuitState.Closed ? 0 : this.restedAt;
    return Math.max(0, this.askAgainAt - Date.now(), restedAt - Date.now());
  }

  /**
   * Makes a call, and learns from what becomes of it.
   * @throws TargetOpenError when it was not made; else what the call throws
   */
  async run<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    try {
      // who comes during a probe has nobody else to ask, and does not wait for it
      return await (this.breaker.state === CircuitState.HalfOpen ? call() : this.breaker.execute(call));
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new CircuitOpenError();
      if (error instanceof UpstreamError && error.retryAfterMs !== undefined) {
        this.askAgainAt = Date.now() + Math.min(error.retryAfterMs, MAX_WAIT_MS);
      }
      throw error;
    }
  }

  /** A client that leaves says nothing about the server. */
  private isLostProbe(error: unknown): boolean {
    const isLost = error instanceof UpstreamError && error.failure === 'aborted';
    return isLost && this.breaker.state === CircuitState.HalfOpen;
  }
}

/** The server is at fault, and the next call will hardly fare better. It says so itself with 5xx, unless its words refuse the request. */
function isBreakdown(error: unknown): boolean {
  if (!(error instanceof UpstreamError)) return false;
  const { failure, status = 0, refusesRequest = false } = error;
  return failure === 'status'
    ? status >= 500 && !refusesRequest
    : failure !== 'aborted' && failure !== 'unusable';
}
