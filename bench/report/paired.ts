import { median } from './statistics.ts';

/** How much dearer the second of two is, in percent of the first: the median over the rounds, and its 95 % interval. */
export interface Difference {
  readonly percent: number;
  readonly low: number;
  readonly high: number;
}

const CONFIDENCE = 0.95;

/**
 * Of pairs measured in the same round. The interval is that of the sign test: it assumes no distribution.
 * https://en.wikipedia.org/wiki/Sign_test
 * @param before, after one value a round
 */
export function pairedDifference(before: readonly number[], after: readonly number[]): Difference {
  const percents = before
    .flatMap((value, round) => {
      const other = after[round];
      return other === undefined ? [] : [(other / value - 1) * 100];
    })
    .toSorted((a, b) => a - b);
  const outside = valuesOutside(percents.length);
  return {
    percent: median(percents),
    low: percents[outside] ?? NaN,
    high: percents[percents.length - 1 - outside] ?? NaN,
  };
}

/** How many of the sorted values may be left out at each end: the median is beyond them with 2.5 % at most. */
function valuesOutside(count: number): number {
  const tail = (1 - CONFIDENCE) / 2;
  let probability = 0.5 ** count;
  let sum = probability;
  let outside = 0;
  while (sum <= tail) {
    probability *= (count - outside) / (outside + 1);
    sum += probability;
    outside += 1;
  }
  return Math.max(0, outside - 1);
}
