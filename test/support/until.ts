import { setImmediate, setTimeout } from 'node:timers/promises';

/** Long enough for a machine that is busy with something else, shorter than a test may take. */
const PATIENCE_MS = 240_000;
/** What takes longer may need the CPU that looking takes. */
const EAGER_TURNS = 1_000;
const PAUSE_MS = 5;

/**
 * Resolves once the condition holds, which is looked at in every turn of the event loop, then less often. It gives up in the end: what
 * looks for ever keeps the process of a test alive that has long failed.
 */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const givesUpAt = performance.now() + PATIENCE_MS;
  let turns = 0;
  while (!(await holds())) {
    if (performance.now() > givesUpAt) throw new Error(`was never true: ${holds.toString()}`);
    await (turns++ < EAGER_TURNS ? setImmediate() : setTimeout(PAUSE_MS));
  }
}
