import { jest } from '@jest/globals';
import { BodyDeadline } from './body-deadline.js';

const MAX_MS = 300_000;

describe('BodyDeadline', () => {
  let late: jest.Mock;

  beforeEach(() => {
    jest.useFakeTimers();
    late = jest.fn();
  });
  afterEach(() => jest.useRealTimers());

  /** How long a body may take if this many bytes arrive every second, in ms. */
  function endurance(bytesPerSecond: number, maxMs = MAX_MS): number {
    const deadline = new BodyDeadline(maxMs, late);
    let passedMs = 0;
    while (late.mock.calls.length === 0) {
      jest.advanceTimersByTime(1_000);
      deadline.extend(bytesPerSecond);
      passedMs += 1_000;
    }
    return passedMs;
  }

  it.each([
    ['does not come at all', 0, 20_000],
    ['comes byte by byte', 1, 20_000],
    ['comes at half the least speed', 5_000, 39_000],
    ['comes at the least speed', 10_000, MAX_MS],
    ['comes fast and does not end', 1_000_000, MAX_MS],
  ])('ends a body that %s', (_, bytesPerSecond, expectedMs) => {
    expect(Math.abs(endurance(bytesPerSecond) - expectedMs)).toBeLessThanOrEqual(1_000);
    jest.advanceTimersByTime(MAX_MS);
    expect(late).toHaveBeenCalledTimes(1);
  });

  it('keeps its limit even if it is short', () => {
    expect(endurance(1_000_000, 5_000)).toBe(5_000);
  });

  it('does not fire after the body has arrived', () => {
    const deadline = new BodyDeadline(MAX_MS, late);
    deadline.clear();
    jest.advanceTimersByTime(MAX_MS);
    expect(late).not.toHaveBeenCalled();
  });
});
