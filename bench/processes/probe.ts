import { Session } from 'node:inspector/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answerAsks } from './asks.ts';
import type { Counters } from './counters.ts';
import { Turns } from './turns.ts';

/** Preloaded (`--import`) into every Node target, so that the process counts its own resources. */

const PROFILE_INTERVAL_MICROS = 200;
const DEFAULT_RESOLUTION_MS = 10;
const BYTES_PER_KB = 1_024;
const NANOSECONDS_PER_MS = 1_000_000;

let resolutionMs = DEFAULT_RESOLUTION_MS;
const profiler = new Session();
const turns = new Turns();
let loopDelay = watchLoop();

answerAsks({
  counters,
  collectGarbage,
  setLoopResolution: (ms: number) => {
    loopDelay.disable();
    resolutionMs = ms;
    loopDelay = watchLoop();
  },
  startTurns: () => turns.start(),
  stopTurns: () => turns.stop(),
  startProfile,
  /** The profile that `node --cpu-prof` would write, of the time between the two calls. */
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

/** The delay of the event loop is counted from the last call. */
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

/** Runs twice, because objects that finalizers release are only found by the second collection. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void; // the flag `--expose-gc` defines it
  collect();
  collect();
}
