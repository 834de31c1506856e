import { constants } from 'node:os';

/** Signals that start a shutdown. */
export const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Shells report a process ended by a signal with this number plus the signal's. */
export const ENDED_BY_SIGNAL = 128;

/** The second signal ends the process at once. */
export function endAtSecondSignal(): void {
  for (const signal of SIGNALS) {
    process.once(signal, () => process.exit(ENDED_BY_SIGNAL + constants.signals[signal]));
  }
}
