import type { Prices, Upstream } from '../config/configuration.js';
import type { ServedLevel } from '../routing/service-level.js';
import { CallTranscript } from './call-transcript.js';

/**
 * How a call to an upstream ended:
 * - `success`: with an answer; a refusal of the prompt's content counts as an answer;
 * - `refused`: the upstream refused the request, and another one would too;
 * - `throttled`: the upstream received too many requests;
 * - `error`: the upstream failed, or refused the proxy's own key;
 * - `connect`, `reset`, `timeout`, `unusable`: no answer arrived, or none that could be read;
 * - `aborted`: the client left, or the proxy had no memory for the answer.
 */
export type AttemptOutcome = 'success' | AttemptFailure['outcome'];

/** What may be logged about a failure. It holds no text of the upstream. */
export interface AttemptFailure {
  readonly outcome:
    'refused' | 'throttled' | 'error' | 'connect' | 'reset' | 'timeout' | 'unusable' | 'aborted';
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** Path of the called URL, without the query. */
  readonly path?: string;
}

/** The record of one call of a target. Times are milliseconds on the clock of `performance`. */
export class AttemptRecord {
  readonly startedAtMs = performance.now();
  endedAtMs?: number;
  failure?: AttemptFailure;
  /** Set for a call beside those that the request asks for, which says nothing about its answer. */
  aside?: 'moderation';
  /** Undefined unless prompts are logged or inspected. */
  transcript?: CallTranscript;

  /**
   * @param model the name that is sent to the upstream; empty if none is
   * @param level what the request asks for, and the target is for
   */
  constructor(
    readonly upstream: Upstream,
    readonly model: string,
    readonly prices?: Prices,
    readonly level?: ServedLevel,
  ) {}

  /** Undefined while the call is under way. */
  get outcome(): AttemptOutcome | undefined {
    if (this.failure !== undefined) return this.failure.outcome;
    return this.endedAtMs === undefined ? undefined : 'success';
  }

  /** Starts keeping both sides of the call. */
  transcribe(): CallTranscript {
    return (this.transcript = new CallTranscript());
  }

  succeed(): void {
    this.endedAtMs = performance.now();
  }

  /** Records a failure, also after a success: a stream may break. */
  fail(failure: AttemptFailure): void {
    this.failure = failure;
    this.endedAtMs = performance.now();
  }
}
