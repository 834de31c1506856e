import { jest } from '@jest/globals';
import { Pressure } from './pressure.js';

describe('Pressure', () => {
  it.each([
    ['nothing', [[0, 0.1]], undefined],
    ['one late turn', [[400, 0.1]], undefined],
    ['a very late turn', [[600, 0.1]], 'event_loop'],
    [
      'turns that are late again and again',
      [
        [300, 0.1],
        [300, 0.1],
        [300, 0.1],
      ],
      'event_loop',
    ],
    [
      'turns that were late',
      [
        [600, 0.1],
        [0, 0.1],
      ],
      undefined,
    ],
    ['a heap that is nearly full', [[0, 0.95]], 'heap'],
    [
      'a heap that was nearly full',
      [
        [0, 0.95],
        [0, 0.6],
      ],
      undefined,
    ],
  ])('after %s', (_, readings, reason) => {
    const pressure = new Pressure();
    for (const [lagMs = 0, heapShare = 0] of readings) pressure.read({ lagMs, heapShare });
    expect(pressure.reason).toBe(reason);
  });

  it('feels a turn that is late by itself, until it is stopped', () => {
    jest.useFakeTimers();
    const pressure = new Pressure();
    pressure.start();
    jest.advanceTimersByTime(200);
    expect(pressure.reason).toBeUndefined();
    jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 2_000);
    jest.advanceTimersByTime(100);
    expect(pressure.reason).toBe('event_loop');
    pressure.stop();
    expect(jest.getTimerCount()).toBe(0);
    jest.restoreAllMocks();
    jest.useRealTimers();
  });
});
