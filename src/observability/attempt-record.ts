import type { Upstream } from '../config/configuration.js';
import { CallTranscript } from './call-transcript.js';

/**
 * How a call to an upstream ended:
 * - `success`: with an answer, or a refusal of the prompt's content, which is one;
 * - `refused`: the upstream finds fault with the request, and so would the next;
 * - `throttled`: it has had too many;
 * - `error`: it failed, or refuses the proxy itself;
 * - `connect`, `reset`, `timeout`, `unusable`: there was no answer, or none that could be read;
 * - `aborted`: the client left, or the proxy had no room for the answer.
 */
export type AttemptOutcome = 'success' | AttemptFailure['outcome'];

/** What may be told of a failure: nothing in it is the upstream's own text. */
export interface AttemptFailure {
  readonly outcome:
    'refused' | 'throttled' | 'error' | 'connect' | 'reset' | 'timeout' | 'unusable' | 'aborted';
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** Of the URL, without its query. */
  readonly path?: string;
}

/** One call to an upstream. Times are milliseconds on the clock of `performance`. */
export class AttemptRecord {
  readonly startedAtMs = performance.now();
  endedAtMs?: number;
  failure?: AttemptFailure;
  /** Where prompts are to be logged. */
  transcript?: CallTranscript;

  /** @param model the name that is sent */
  constructor(
    readonly upstream: Upstream,
    readonly model: string,
  ) {}

  /** Undefined while nobody knows. */
  get outcome(): AttemptOutcome | undefined {
    if (this.failure !== undefined) return this.failure.outcome;
    return this.endedAtMs === undefined ? undefined : 'success';
  }

  /** Both sides of the call are to be kept. */
  transcribe(): CallTranscript {
    return (this.transcript = new CallTranscript());
  }

  succeed(): void {
    this.endedAtMs = performance.now();
  }

  /** Also after it has succeeded: a stream may break. */
  fail(failure: AttemptFailure): void {
    this.failure = failure;
    this.endedAtMs = performance.now();
  }
}
