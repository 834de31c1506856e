import fc from 'fast-check';
import { IndexedSet, type IndexedMember } from './indexed-set.js';

const member = (): IndexedMember => ({ index: undefined });

describe('Roster', () => {
  it('holds what a set would, whatever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 100 }), (steps) => {
        const members = Array.from({ length: 10 }, member);
        const roster = new IndexedSet();
        const set = new Set<IndexedMember>();
        for (const one of steps.map((index) => members[index]).filter((found) => found !== undefined)) {
          if (set.delete(one)) expect(roster.delete(one)).toBe(true);
          else {
            roster.add(one);
            set.add(one);
          }
          expect([...roster].filter((held) => !set.has(held))).toEqual([]);
          expect(roster.size).toBe(set.size);
        }
      }),
    );
  });

  it('does not delete what it does not hold', () => {
    const [roster, other] = [new IndexedSet(), new IndexedSet()];
    const [one, stranger] = [member(), member()];
    other.add(stranger);
    roster.add(one);
    expect([roster.delete(stranger), roster.delete(member()), roster.size]).toEqual([false, false, 1]);
    expect([roster.delete(one), roster.delete(one), roster.size]).toEqual([true, false, 0]);
  });

  it('can lose members while it is read', () => {
    const roster = new IndexedSet();
    for (let index = 0; index < 5; index += 1) roster.add(member());
    for (const one of roster) roster.delete(one);
    expect(roster.size).toBe(0);
  });
});
