import Sequencer from '@jest/test-sequencer';

/** Suites that take longest, so that no process of Jest is left with one of them when the others have no work. */
const LONGEST = [
  'bench',
  // it needs no built program, which the first one makes
  'inspector-memory',
  'hostile-documents',
  'start',
  'hostile-clients',
  'package',
  'drain',
  'tiny-chunks',
  'metrics-flood',
  'transport-backpressure',
  'limits',
  'start-dev',
].map((name) => `/test/${name}.e2e-spec.ts`);

const rankOf = ({ path }) => {
  const rank = LONGEST.findIndex((end) => path.endsWith(end));
  if (rank !== -1) return rank;
  return path.endsWith('.e2e-spec.ts') ? LONGEST.length : LONGEST.length + 1;
};

/** On a new machine Jest does not know how long the suites take, and would start with the largest files. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is no array that sorts
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
