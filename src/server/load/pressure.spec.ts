import { jest } from '@jest/globals';
import { Pressure } from './pressure.js';

/** Whether more can be taken on, so long after the event loop came round. */
function reasonAfter(ms: number, ...heapShares: number[]): string | undefined {
  const pressure = new Pressure();
  const now = performance.now();
  for (const heapShare of heapShares) pressure.look(heapShare);
  jest.spyOn(performance, 'now').mockReturnValue(now + ms);
  return pressure.reason;
}

afterEach(() => void jest.restoreAllMocks());

describe('Pressure', () => {
  it.each([
    ['a turn in time', undefined, 100, [0.1]],
    ['a turn that is a little late', undefined, 450, [0.1]],
    ['a turn that is too late', 'event_loop', 2_000, [0.1]],
    ['a heap that is nearly full', 'heap', 100, [0.95]],
    ['a heap that was nearly full', undefined, 100, [0.95, 0.6]],
    ['nothing, before it is started', undefined, 60_000, []],
  ])('after %s: %s', (_, reason, ms, heapShares) => {
    expect(reasonAfter(ms, ...heapShares)).toBe(reason);
  });

  it('looks by itself, until it is stopped', () => {
    jest.useFakeTimers();
    const pressure = new Pressure();
    pressure.start();
    jest.advanceTimersByTime(1_000);
    expect(pressure.reason).toBeUndefined();
    pressure.stop();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
    jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    expect(pressure.reason).toBeUndefined();
  });
});
