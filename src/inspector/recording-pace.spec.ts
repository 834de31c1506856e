import { jest } from '@jest/globals';
import { RecordingPace } from './recording-pace.js';

const MAX_WAITING = 20;
const MAX_BYTES = 100;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Adds items of so many bytes, and returns what was recorded at once and within two seconds. */
function recorded(count: number, bytes: number): { atOnce: number[]; later: number[] } {
  const items: number[] = [];
  const pace = new RecordingPace<number>((item) => items.push(item), MAX_BYTES);
  for (let item = 0; item < count; item += 1) pace.add(item, bytes);
  const atOnce = items.splice(0);
  jest.advanceTimersByTime(2_000);
  return { atOnce, later: items };
}

function from(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, item) => first + item);
}

const FIRST = from(0, 50);

describe('The pace of recording', () => {
  it.each([
    ['a few at once', 2, 0, [0, 1], []],
    ['further ones later', 52, 0, FIRST, [50, 51]],
    ['of many the last ones', 90, 0, FIRST, from(70, MAX_WAITING)],
    ['of large ones those that may be held', 70, 20, [...FIRST], [69]],
    ['nothing that is too large to wait', 51, 26, [...FIRST], []],
    ['two of half the work', 2, 100 * 1024, [0, 1], []],
    ['no third one beside them', 3, 100 * 1024, [0, 1], []],
    ['one that is more work than is left', 2, 32 * 1024 * 1024, [0], []],
  ])('records %s', (_, count, bytes, ...[atOnce, later]) => {
    expect(recorded(count, bytes)).toEqual({ atOnce, later });
  });

  it('records at once again after some time', () => {
    const items: number[] = [];
    const pace = new RecordingPace<number>((item) => items.push(item), MAX_BYTES);
    for (let item = 0; item < 60; item += 1) pace.add(item, 1);
    jest.advanceTimersByTime(2_000);
    items.length = 0;
    pace.add(60, 1);
    expect(items).toEqual([60]);
  });

  it('goes on some seconds after a huge one', () => {
    const items: number[] = [];
    const pace = new RecordingPace<number>((item) => items.push(item), MAX_BYTES);
    for (const [item, bytes] of [32 * 1024 * 1024, 0].entries()) pace.add(item, bytes);
    jest.advanceTimersByTime(1_000);
    expect(items).toEqual([0]);
    jest.advanceTimersByTime(10_000);
    expect(items).toEqual([0, 1]);
  });

  it('hurries for who asks, once', () => {
    const items: number[] = [];
    const pace = new RecordingPace<number>((item) => items.push(item), MAX_BYTES);
    for (let item = 0; item < 53; item += 1) pace.add(item, 0);
    items.length = 0;
    for (const wanted of [52, 52, 1]) pace.hurry((item) => item === wanted);
    expect(items).toEqual([52]);
    jest.advanceTimersByTime(1_000);
    expect(items).toEqual([52, 50, 51]);
  });

  it.each([
    ['every call while few wait', 69, [true, true, true]],
    ['one in ten milliseconds while many wait', 70, [true, false, true]],
  ])('captures %s', (_, count, captured) => {
    const pace = new RecordingPace<number>(() => undefined, MAX_BYTES);
    for (let item = 0; item < count; item += 1) pace.add(item, 0);
    expect([0, 9, 10].map((nowMs) => pace.captures(nowMs))).toEqual(captured);
  });

  it('has no timer when there is nothing to do', () => {
    const pace = new RecordingPace<number>(() => undefined, MAX_BYTES);
    pace.add(1, 0);
    jest.advanceTimersByTime(1_000);
    expect(jest.getTimerCount()).toBe(0);
  });
});
