/** Work of one turn of the event loop. A step that is under way is not interrupted. */
const TURN_MS = 5;

const waiting: (() => void)[] = [];

/**
 * Takes steps, with other work of the process in between: after a few milliseconds the rest waits for the next turn of the
 * event loop. In a turn only one examination goes on, so that many texts at once hold the loop no longer than one.
 */
export async function inTurns(steps: Iterable<unknown>): Promise<void> {
  // who comes while others wait goes behind them: many that begin at once would have a turn together
  if (waiting.length > 0) await nextTurn();
  let beganAt = performance.now();
  for (const _ of steps) {
    if (performance.now() - beganAt < TURN_MS) continue;
    await nextTurn();
    beganAt = performance.now();
  }
}

/** Resolves in a later turn of the event loop, in which nobody else who waits goes on. */
export function nextTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (waiting.push(resolve) === 1) setImmediate(resumeFirst);
  return promise;
}

function resumeFirst(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(resumeFirst);
}
