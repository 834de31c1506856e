import { setImmediate, setTimeout } from 'node:timers/promises';

/** Long enough for a busy machine, and shorter than the timeout of a test. */
const PATIENCE_MS = 240_000;
/** After this time the check runs less often, because the awaited work may need the CPU. */
const EAGER_TURNS = 1_000;
const PAUSE_MS = 5;

/**
 * Resolves when the condition holds. It is checked in every turn of the event loop, later less often. It
 * rejects after some time, because an endless check would keep the process alive after its test has failed.
 */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const givesUpAt = performance.now() + PATIENCE_MS;
  let turns = 0;
  while (!(await holds())) {
    if (performance.now() > givesUpAt) throw new Error(`was never true: ${holds.toString()}`);
    await (turns++ < EAGER_TURNS ? setImmediate() : setTimeout(PAUSE_MS));
  }
}
