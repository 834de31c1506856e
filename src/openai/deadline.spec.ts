import { jest } from '@jest/globals';
import { Deadline } from './deadline.js';

let reached: jest.Mock;
let deadline: Deadline;

beforeEach(() => {
  jest.useFakeTimers();
  reached = jest.fn();
  deadline = new Deadline(reached);
});

afterEach(() => void jest.useRealTimers());

describe('Deadline', () => {
  it('is reached once', () => {
    deadline.set(100);
    jest.advanceTimersByTime(98);
    expect(reached).not.toHaveBeenCalled();
    jest.advanceTimersByTime(500);
    expect(reached).toHaveBeenCalledTimes(1);
  });

  it('is postponed without another timer', () => {
    for (let step = 0; step < 20; step += 1) {
      deadline.set(100);
      expect(jest.getTimerCount()).toBe(1);
      jest.advanceTimersByTime(50);
    }
    expect(reached).not.toHaveBeenCalled();
    jest.advanceTimersByTime(50);
    expect(reached).toHaveBeenCalledTimes(1);
  });

  it('can be moved to an earlier time', () => {
    deadline.set(1_000);
    deadline.set(10);
    jest.advanceTimersByTime(10);
    expect(reached).toHaveBeenCalledTimes(1);
  });

  it('is not reached while it is suspended, and counts from the next set', () => {
    deadline.set(100);
    deadline.suspend();
    jest.advanceTimersByTime(1_000);
    expect(reached).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
    deadline.set(100);
    jest.advanceTimersByTime(98);
    expect(reached).not.toHaveBeenCalled();
    jest.advanceTimersByTime(2);
    expect(reached).toHaveBeenCalledTimes(1);
  });

  it('is not reached after it was cleared', () => {
    deadline.set(100);
    deadline.clear();
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(1_000);
    expect(reached).not.toHaveBeenCalled();
  });
});
