import { jest } from '@jest/globals';

/**
 * Time stands still for the timeouts of the program until a test lets it pass with `jest.advanceTimersByTime`: none of
 * them fires because the machine is busy. What Node itself waits for goes on, sockets among it.
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
