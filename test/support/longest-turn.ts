import { cpuTimeMs } from './cpu-time.js';

/** Garbage collection and compilation only add to a turn, so the shortest of a few measurements counts. */
const MEASUREMENTS = 3;

/** The CPU time in ms of the longest turn of the event loop while `work` runs. */
export async function longestTurnMs(work: () => Promise<unknown>, boundMs: number): Promise<number> {
  let shortest = Infinity;
  for (let count = 0; count < MEASUREMENTS && shortest >= boundMs; count += 1) {
    shortest = Math.min(shortest, await measure(work));
  }
  return shortest;
}

async function measure(work: () => Promise<unknown>): Promise<number> {
  let longestMs = 0;
  let isOver = false;
  let beganAt = cpuTimeMs();
  const look = (): void => {
    const now = cpuTimeMs();
    longestMs = Math.max(longestMs, now - beganAt);
    beganAt = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  await work();
  isOver = true;
  look();
  return longestMs;
}
