import type { BudgetShare } from '../streaming/byte-budget.js';
import { UpstreamError } from './upstream.error.js';

/** Where the bytes of an answer are counted: those of one request, within what the process may hold of all answers. */
export type AnswerShare = Pick<BudgetShare, 'acquire' | 'release' | 'releaseAll'>;

/** What one stage of a call holds of its answer. Without a share nobody counts. */
export class HeldBytes {
  #bytes = 0;

  constructor(private readonly share: AnswerShare | undefined) {}

  /**
   * Instead of what was held before.
   *
   * @returns what the call fails with where there is no room for more: `aborted`, caused by what the budget throws
   */
  set(bytes: number): UpstreamError | undefined {
    const more = bytes - this.#bytes;
    try {
      if (more > 0) this.share?.acquire(more);
      else if (more < 0) this.share?.release(-more);
    } catch (cause) {
      return new UpstreamError('aborted', 'no room for more of the answers in flight', { cause });
    }
    this.#bytes = bytes;
    return undefined;
  }

  /** As `set`, where that is more. */
  growTo(bytes: number): UpstreamError | undefined {
    return bytes > this.#bytes ? this.set(bytes) : undefined;
  }
}
