import { build, type Histogram } from 'hdr-histogram-js';

const MAX_MICROS = 60_000_000;
const SIGNIFICANT_DIGITS = 3;
const MICROS_PER_MS = 1_000;

/** Latencies of calls, in µs. */
export function latencies(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: MAX_MICROS,
    numberOfSignificantValueDigits: SIGNIFICANT_DIGITS,
  });
}

export function recordMs(histogram: Histogram, ms: number): void {
  histogram.recordValue(Math.round(ms * MICROS_PER_MS));
}
