import { setImmediate } from 'node:timers/promises';
import { inTurns, nextTurn } from './turns.js';

/** Steps that take CPU time, and say in which turn of the event loop they were taken. */
function* stepsIn(turns: () => number, count: number, taken: number[]): Generator<void> {
  for (let step = 0; step < count; step += 1) {
    const until = performance.now() + 2;
    while (performance.now() < until);
    taken.push(turns());
    yield;
  }
}

async function countTurns(work: (turns: () => number) => Promise<unknown>): Promise<void> {
  const state = { turns: 0, isOver: false };
  const done = work(() => state.turns).finally(() => (state.isOver = true));
  while (!state.isOver) {
    await setImmediate();
    state.turns += 1;
  }
  await done;
}

describe('inTurns', () => {
  it('takes long work apart', async () => {
    const taken: number[] = [];
    await countTurns((turns) => inTurns(stepsIn(turns, 20, taken)));
    expect(taken).toHaveLength(20);
    expect(new Set(taken).size).toBeGreaterThanOrEqual(5);
  });

  it('takes short work at once', async () => {
    const taken: number[] = [];
    await inTurns([1, 2, 3].map((step) => taken.push(step)));
    expect(taken).toEqual([1, 2, 3]);
  });

  it('lets one of many go on in a turn', async () => {
    const resumed: number[] = [];
    await countTurns((turns) =>
      Promise.all(Array.from({ length: 5 }, () => nextTurn().then(() => resumed.push(turns())))),
    );
    expect(new Set(resumed).size).toBe(5);
  });

  it('begins behind those that wait', async () => {
    const order: string[] = [];
    const waits = nextTurn().then(() => order.push('who waits'));
    const comes = inTurns(
      (function* () {
        yield order.push('who comes');
      })(),
    );
    expect(order).toEqual([]);
    await Promise.all([waits, comes]);
    expect(order).toEqual(['who waits', 'who comes']);
  });

  it('ends with the error of a step', async () => {
    const failing = function* (): Generator<void> {
      yield;
      throw new Error('broken');
    };
    await expect(inTurns(failing())).rejects.toThrow('broken');
  });
});
