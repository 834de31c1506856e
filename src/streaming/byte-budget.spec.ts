import fc from 'fast-check';
import { BudgetShare, ByteBudget } from './byte-budget.js';

const MAX_BYTES = 100;

const budgetOf = (maxBytes: number): ByteBudget => new ByteBudget(maxBytes, () => new Error('no room'));

describe('ByteBudget', () => {
  it('accepts a single holder of any size, and then no other', () => {
    const budget = budgetOf(MAX_BYTES);
    const [first, second] = [new BudgetShare(budget), new BudgetShare(budget)];
    first.acquire(60);
    first.acquire(600);
    expect(() => second.acquire(1)).toThrow('no room');
    first.close();
    second.acquire(MAX_BYTES + 1);
    expect(budget.usedBytes).toBe(MAX_BYTES + 1);
  });

  it('can be used up to its last byte', () => {
    const budget = budgetOf(MAX_BYTES);
    const [first, second] = [new BudgetShare(budget), new BudgetShare(budget)];
    first.acquire(60);
    second.acquire(40);
    expect(() => first.acquire(1)).toThrow('no room');
    expect([first.bytes, second.bytes, budget.usedBytes]).toEqual([60, 40, 100]);
  });

  it('acquires nothing for a closed share', () => {
    const budget = budgetOf(MAX_BYTES);
    const share = new BudgetShare(budget);
    share.acquire(1);
    share.close();
    share.acquire(1_000);
    share.release(1_000);
    expect([share.bytes, budget.usedBytes]).toEqual([0, 0]);
  });

  it('is used as much as its shares hold, within its limit unless there is a single holder', () => {
    const step = fc.record({
      holder: fc.nat(3),
      verb: fc.constantFrom('acquire', 'acquire', 'acquire', 'release', 'releaseAll', 'close'),
      bytes: fc.nat(80),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const budget = budgetOf(MAX_BYTES);
        const shares = Array.from({ length: 4 }, () => new BudgetShare(budget));
        for (const { holder, verb, bytes } of steps) {
          const before = budget.usedBytes;
          try {
            shares[holder]?.[verb](bytes);
          } catch {
            expect(budget.usedBytes).toBe(before);
          }
          const held = shares.map((share) => share.bytes);
          expect(Math.min(...held)).toBeGreaterThanOrEqual(0);
          expect(budget.usedBytes).toBe(held.reduce((sum, each) => sum + each, 0));
          const isAlone = held.filter((each) => each > 0).length <= 1;
          expect(isAlone || budget.usedBytes <= Math.max(MAX_BYTES, before)).toBe(true);
        }
        for (const share of shares) share.close();
        expect(budget.usedBytes).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});
