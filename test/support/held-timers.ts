import { jest } from '@jest/globals';

/**
 * Stops the timeouts of the program until a test advances them with `jest.advanceTimersByTime`, so that none
 * fires because the machine is busy. Timers inside Node, such as those of sockets, still run.
 */
export function holdTimers(): void {
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'hrtime',
      'nextTick',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
    ],
  });
}
