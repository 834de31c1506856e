import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answerAsks } from './asks.ts';
import type { Counters } from './counters.ts';

/** Preloaded (`--import`) into every target that Node runs: the process counts for itself. */

const DEFAULT_RESOLUTION_MS = 10;
const BYTES_PER_KB = 1_024;
const NANOSECONDS_PER_MS = 1_000_000;

let resolutionMs = DEFAULT_RESOLUTION_MS;
let loopDelay: IntervalHistogram = watchLoop();

answerAsks({
  counters,
  collectGarbage,
  setLoopResolution: (ms: number) => {
    loopDelay.disable();
    resolutionMs = ms;
    loopDelay = watchLoop();
  },
});

function watchLoop(): IntervalHistogram {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  return histogram;
}

/** The loop's delay is of the time since the last count. */
function counters(): Counters {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const loopDelayMs = Math.max(0, loopDelay.max / NANOSECONDS_PER_MS - resolutionMs);
  loopDelay.reset();
  return {
    cpuMicros: user + system,
    rssKB: rss / BYTES_PER_KB,
    usedKB: (heapUsed + external) / BYTES_PER_KB,
    loopDelayMs,
  };
}

/** Twice, because what finalizers let go is only found by the second. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void; // what the flag brings
  collect();
  collect();
}
