import type { BudgetShare } from '../streaming/byte-budget.js';
import { UpstreamError } from './upstream.error.js';

/** Counts the bytes of one request's answer, which are part of the budget for all answers in the process. */
export type AnswerShare = Pick<BudgetShare, 'acquire' | 'release' | 'releaseAll'>;

/** The bytes of an answer that one stage of a call has in memory. Without a share nothing is counted. */
export class HeldBytes {
  #bytes = 0;

  constructor(private readonly share: AnswerShare | undefined) {}

  /**
   * Replaces the number of bytes.
   *
   * @returns the error of the call if the budget has no room: `aborted`, with the budget's error as its cause
   */
  set(bytes: number): UpstreamError | undefined {
    const more = bytes - this.#bytes;
    try {
      if (more > 0) this.share?.acquire(more);
      else if (more < 0) this.share?.release(-more);
    } catch (cause) {
      return new UpstreamError('aborted', 'the budget for answers in memory is exhausted', { cause });
    }
    this.#bytes = bytes;
    return undefined;
  }

  /** Does `set` if the number is larger than before. */
  growTo(bytes: number): UpstreamError | undefined {
    return bytes > this.#bytes ? this.set(bytes) : undefined;
  }
}
