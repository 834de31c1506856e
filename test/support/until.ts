import { setImmediate } from 'node:timers/promises';

/** Long enough for a machine that is busy with something else, shorter than a test may take. */
const PATIENCE_MS = 120_000;

/**
 * Resolves once the condition holds, which is looked at in every turn of the event loop. It gives up in the end: what
 * looks for ever keeps the process of a test alive that has long failed.
 */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const givesUpAt = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > givesUpAt) throw new Error(`was never true: ${holds.toString()}`);
    await setImmediate();
  }
}
