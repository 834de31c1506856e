import { Session } from 'node:inspector/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answerAsks } from './asks.ts';
import type { Counters } from './counters.ts';

/** Preloaded (`--import`) into every target that Node runs: the process counts for itself. */

const PROFILE_INTERVAL_MICROS = 200;
const DEFAULT_RESOLUTION_MS = 10;
const BYTES_PER_KB = 1_024;
const NANOSECONDS_PER_MS = 1_000_000;

let resolutionMs = DEFAULT_RESOLUTION_MS;
const profiler = new Session();
let loopDelay = watchLoop();

answerAsks({
  counters,
  collectGarbage,
  setLoopResolution: (ms: number) => {
    loopDelay.disable();
    resolutionMs = ms;
    loopDelay = watchLoop();
  },
  startProfile,
  /** What `node --cpu-prof` would write, of the time between the two. */
  stopProfile: async () => (await profiler.post('Profiler.stop')).profile,
});

async function startProfile(): Promise<void> {
  profiler.connect();
  await profiler.post('Profiler.enable');
  await profiler.post('Profiler.setSamplingInterval', { interval: PROFILE_INTERVAL_MICROS });
  await profiler.post('Profiler.start');
}

function watchLoop() {
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
