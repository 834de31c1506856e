import { jest } from '@jest/globals';
import { RecordingPace } from './recording-pace.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Adds items of so many bytes, and returns what was recorded before and after the end of the window. */
function recorded(count: number, bytes: number): { atOnce: number[]; later: number[] } {
  const items: number[] = [];
  const pace = new RecordingPace<number>((item) => items.push(item), 3, 100);
  for (let item = 0; item < count; item += 1) pace.add(item, bytes);
  const atOnce = items.splice(0);
  jest.advanceTimersByTime(1_000);
  return { atOnce, later: items };
}

const FIRST = Array.from({ length: 50 }, (_, item) => item);

describe('The pace of recording', () => {
  it.each([
    ['a few at once', 2, 10, [0, 1], []],
    ['further ones later', 52, 10, FIRST, [50, 51]],
    ['of many the last ones', 70, 10, FIRST, [67, 68, 69]],
    ['of large ones those that may be held', 70, 60, FIRST, [69]],
    ['nothing that is too large to wait', 51, 101, FIRST, []],
  ])('records %s', (_, count, bytes, ...[atOnce, later]) => {
    expect(recorded(count, bytes)).toEqual({ atOnce, later });
  });

  it('records at once again in the next window', () => {
    const items: number[] = [];
    const pace = new RecordingPace<number>((item) => items.push(item), 3, 100);
    for (let item = 0; item < 60; item += 1) pace.add(item, 1);
    jest.advanceTimersByTime(1_000);
    items.length = 0;
    pace.add(60, 1);
    expect(items).toEqual([60]);
  });
});
