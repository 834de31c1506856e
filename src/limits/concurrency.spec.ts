import { jest } from '@jest/globals';
import fc from 'fast-check';
import { Concurrency, SHORT_QUEUE } from './concurrency.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** The results of the calls that have settled so far. */
async function settled(answers: readonly Promise<boolean>[]): Promise<(boolean | undefined)[]> {
  await jest.advanceTimersByTimeAsync(0);
  return Promise.all(answers.map((answer) => Promise.race([answer, Promise.resolve(undefined)])));
}

const enter = (concurrency: Concurrency, limit: number, times: number) =>
  Array.from({ length: times }, () => concurrency.acquire(limit));

describe('Concurrency', () => {
  it('admits requests up to the limit, queues twice as many, and refuses the rest', async () => {
    const answers = enter(new Concurrency(), 2, 7);
    expect(await settled(answers)).toEqual([true, true, undefined, undefined, undefined, undefined, false]);
  });

  it('admits the longest waiting request when another one ends', async () => {
    const concurrency = new Concurrency();
    const answers = enter(concurrency, 1, 3);
    concurrency.release();
    expect(await settled(answers)).toEqual([true, true, undefined]);
    concurrency.release();
    concurrency.release();
    expect(await settled(enter(concurrency, 1, 2))).toEqual([true, undefined]);
  });

  it('refuses a request that has waited for the longest allowed time', async () => {
    const concurrency = new Concurrency();
    const answers = enter(concurrency, 1, 2);
    await jest.advanceTimersByTimeAsync(SHORT_QUEUE.maxWaitMs - 1);
    expect(await settled(answers)).toEqual([true, undefined]);
    await jest.advanceTimersByTimeAsync(1);
    expect(await settled(answers)).toEqual([true, false]);
    concurrency.release();
    expect(await settled(enter(concurrency, 1, 1))).toEqual([true]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('uses the limit of the latest request', async () => {
    const concurrency = new Concurrency();
    const answers = [...enter(concurrency, 2, 3), ...enter(concurrency, 1, 1)];
    expect(await settled(answers)).toEqual([true, true, undefined, undefined]);
    concurrency.release();
    expect(await settled(answers)).toEqual([true, true, undefined, undefined]);
    concurrency.release();
    expect(await settled(answers)).toEqual([true, true, true, undefined]);
  });

  it('never exceeds the limit and never leaves a free slot unused', async () => {
    const steps = fc.array(fc.boolean(), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 3 }), async (entering, limit) => {
        const concurrency = new Concurrency();
        let inside = 0;
        const answers: Promise<void>[] = [];
        for (const enters of entering) {
          if (enters)
            answers.push(concurrency.acquire(limit).then((hasPlace) => void (inside += Number(hasPlace))));
          else if (inside > 0) {
            inside -= 1;
            concurrency.release();
          }
          await jest.advanceTimersByTimeAsync(0);
          expect(inside).toBeLessThanOrEqual(limit);
        }
        await jest.advanceTimersByTimeAsync(SHORT_QUEUE.maxWaitMs);
        await Promise.all(answers);
        expect(inside).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 100 },
    );
  });
});
