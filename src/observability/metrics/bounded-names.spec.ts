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

  it('does not accept a long name, and keeps the place for another', () => {
    const names = new BoundedNames(1);
    expect(names.accept('x'.repeat(101))).toBe('other');
    expect(names.accept('x'.repeat(100))).toHaveLength(100);
  });
});
