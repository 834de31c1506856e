import fc from 'fast-check';
import { IndexedSet } from './indexed-set.js';

const member = (): object => ({});

describe('IndexedSet', () => {
  it('has the members that a Set would have, after any additions and deletions', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 100 }), (steps) => {
        const members = Array.from({ length: 10 }, member);
        const indexed = new IndexedSet<object>();
        const set = new Set<object>();
        for (const one of steps.map((index) => members[index]).filter((found) => found !== undefined)) {
          if (set.delete(one)) expect(indexed.delete(one)).toBe(true);
          else {
            indexed.add(one);
            set.add(one);
          }
          expect([...indexed].filter((held) => !set.has(held))).toEqual([]);
          expect(indexed.size).toBe(set.size);
        }
      }),
    );
  });

  it('deletes only its own members', () => {
    const [indexed, other] = [new IndexedSet<object>(), new IndexedSet<object>()];
    const [one, stranger] = [member(), member()];
    other.add(stranger);
    indexed.add(one);
    expect([indexed.delete(stranger), indexed.delete(member()), indexed.size]).toEqual([false, false, 1]);
    expect([indexed.delete(one), indexed.delete(one), indexed.size]).toEqual([true, false, 0]);
  });

  it('allows deletions while it is iterated', () => {
    const indexed = new IndexedSet<object>();
    for (let index = 0; index < 5; index += 1) indexed.add(member());
    for (const one of indexed) indexed.delete(one);
    expect(indexed.size).toBe(0);
  });
});
