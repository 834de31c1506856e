import { constants } from 'node:os';

/** Those that ask the process to go. */
export const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** What shells add to the number of a signal that ended a process. */
export const ENDED_BY_SIGNAL = 128;

/** Whoever asks again does not want to wait. */
export function endAtSecondSignal(): void {
  for (const signal of SIGNALS) {
    process.once(signal, () => process.exit(ENDED_BY_SIGNAL + constants.signals[signal]));
  }
}
