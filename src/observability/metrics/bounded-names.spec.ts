import { BoundedNames } from './bounded-names.js';

describe('BoundedNames', () => {
  it('accepts names up to the limit, and the same names again', () => {
    const names = new BoundedNames(2);
    expect(['a', 'b', 'c', 'a', 'b', 'd'].map((name) => names.accept(name))).toEqual([
      'a',
      'b',
      'other',
      'a',
      'b',
      'other',
    ]);
  });

  it('lets nothing in that is long, and keeps its place', () => {
    const names = new BoundedNames(1);
    expect(names.accept('x'.repeat(101))).toBe('other');
    expect(names.accept('x'.repeat(100))).toHaveLength(100);
  });
});
