import { registerHooks } from 'node:module';
import process from 'node:process';
import { setImmediate } from 'node:timers';

/**
 * Loaded into the built proxy. A first message `turn` starts the measurement of turns, and the next one returns the
 * longest; `packages` returns the names of the packages that this thread has loaded.
 */

const PACKAGE = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const packages = new Set();

registerHooks({
  load(url, context, load) {
    const [, name] = PACKAGE.exec(url) ?? [];
    if (name !== undefined) packages.add(name);
    return load(url, context);
  },
});

const US_PER_MS = 1_000;

/** CPU time of this thread: it stands still while other processes, or other threads, have the CPU. */
const cpuTimeMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / US_PER_MS;
};

let isMeasuring = false;
let maxMs = 0;
let beganAt = 0;

const look = () => {
  if (!isMeasuring) return;
  const now = cpuTimeMs();
  maxMs = Math.max(maxMs, now - beganAt);
  beganAt = now;
  setImmediate(look);
};

process.on('message', (question) => {
  if (question === 'packages') {
    process.send([...packages]);
    return;
  }
  isMeasuring = !isMeasuring;
  const told = isMeasuring ? 0 : maxMs;
  maxMs = 0;
  beganAt = cpuTimeMs();
  if (isMeasuring) setImmediate(look);
  process.send(told);
});
process.channel.unref();
