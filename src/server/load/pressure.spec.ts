import { setImmediate } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Pressure, type Readings } from './pressure.js';

const MANY = 100;
const FEW = 10;
const AT_REST: Readings = { busyShare: 0.5, heapShare: 0.1 };
const BUSY: Readings = { busyShare: 0.99, heapShare: 0.1 };
const FULL: Readings = { busyShare: 0.5, heapShare: 0.95 };

afterEach(() => void jest.restoreAllMocks());

/** Moves the clock by this time before the next call. */
function pass(ms: number): void {
  const now = performance.now();
  jest.spyOn(performance, 'now').mockReturnValue(now + ms);
}

describe('Pressure', () => {
  it.each([
    ['nothing, before it has looked', undefined, 1_000, []],
    ['a long turn of a process at rest', undefined, 1_000, [AT_REST]],
    ['a short turn of a busy process', undefined, 10, [BUSY]],
    ['a long turn of a busy process', 'event_loop', 50, [BUSY]],
    ['a long turn of one that was busy', undefined, 50, [BUSY, AT_REST]],
    ['a heap that is nearly full', 'heap', 0, [FULL]],
    ['a heap that was nearly full', undefined, 0, [FULL, AT_REST]],
  ])('after %s: %s', (_, reason, ms, readings) => {
    const pressure = new Pressure();
    for (const reading of readings) pressure.read(reading);
    pressure.reason(MANY); // the first of the turn
    pass(ms);
    expect(pressure.reason(MANY)).toBe(reason);
  });

  it('accepts the first request of every turn', async () => {
    const pressure = new Pressure();
    pressure.read(BUSY);
    expect(pressure.reason(MANY)).toBeUndefined();
    pass(50);
    expect(pressure.reason(MANY)).toBe('event_loop');
    await setImmediate();
    expect(pressure.reason(MANY)).toBeUndefined();
  });

  it('accepts a small number of requests, however long they take', () => {
    const pressure = new Pressure();
    pressure.read(BUSY);
    pressure.reason(MANY);
    pass(5_000);
    expect([pressure.reason(FEW), pressure.reason(MANY)]).toEqual([undefined, 'event_loop']);
    pressure.read(FULL);
    expect(pressure.reason(FEW)).toBe('heap');
  });

  it('measures periodically until it is stopped', () => {
    jest.useFakeTimers();
    const pressure = new Pressure();
    const read = jest.spyOn(pressure, 'read');
    pressure.start();
    jest.advanceTimersByTime(3_000);
    pressure.stop();
    jest.advanceTimersByTime(3_000);
    expect(read).toHaveBeenCalledTimes(3);
    jest.useRealTimers();
  });
});
