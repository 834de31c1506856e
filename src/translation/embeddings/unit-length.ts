/** Vectors that differ less from the length 1 are left as they are: so much is lost by rounding to 32 bits. */
const TOLERANCE = 1e-6;

/** A vector → one of the same direction and the length 1; undefined when it has that length, or none. */
export function toUnitLength(values: readonly number[]): number[] | undefined {
  // the largest value first: the squares of very large or small numbers leave the range of a number
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (largest === 0) return undefined;
  const length = Math.sqrt(values.reduce((total, value) => total + (value / largest) ** 2, 0));
  if (Math.abs(largest * length - 1) <= TOLERANCE) return undefined;
  return values.map((value) => value / largest / length);
}
