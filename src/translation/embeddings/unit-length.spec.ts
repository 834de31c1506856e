import fc from 'fast-check';
import { toUnitLength } from './unit-length.js';

const lengthOf = (values: readonly number[]) => Math.hypot(...values);
const vectors = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
  minLength: 1,
  maxLength: 64,
});

describe('toUnitLength', () => {
  it('gives every vector but 0 the length 1, within 1e-6', () => {
    fc.assert(
      fc.property(vectors, (values) => {
        fc.pre(values.some((value) => value !== 0));
        expect(Math.abs(lengthOf(toUnitLength(values) ?? values) - 1)).toBeLessThanOrEqual(1e-6);
      }),
    );
  });

  it('keeps the direction', () => {
    expect(toUnitLength([3, -4])).toEqual([0.6, -0.8]);
  });

  it.each([
    ['has the length 1', [0.6, -0.8]],
    ['has nearly the length 1', [0.6, -0.800_000_5]],
    ['has no length', [0, 0]],
  ])('leaves a vector that %s', (_name, values) => {
    expect(toUnitLength(values)).toBeUndefined();
  });

  it.each([[[1e200, 1e200]], [[1e-200, -1e-200]], [[5e-324]]])(
    'keeps within the range of numbers for %j',
    (values) => {
      expect(lengthOf(toUnitLength(values) ?? [])).toBeCloseTo(1, 6);
    },
  );
});
