import fc from 'fast-check';
import { JsonByteScanner } from './json-byte-scanner.js';
import { measureJson } from './measure-json.js';
import { assertWithinLimits, type JsonSize, MAX_DEPTH } from './json-limits.js';

const lists = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number): string => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
const many = (count: number, member: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => member(index)).join(',');

const isAccepted = (look: () => void): boolean => {
  try {
    look();
    return true;
  } catch {
    return false;
  }
};

describe('extentOf', () => {
  it.each<[name: string, json: string, extent: JsonSize]>([
    ['null', 'null', { depth: 0, keys: 0, containers: 0 }],
    ['text', '"[[["', { depth: 0, keys: 0, containers: 0 }],
    ['a list', '[]', { depth: 1, keys: 0, containers: 1 }],
    ['lists', lists(7), { depth: 7, keys: 0, containers: 7 }],
    ['objects', objects(7), { depth: 7, keys: 7, containers: 7 }],
    ['the deepest of many', `[1,${lists(3)},{"a":${objects(4)}},[]]`, { depth: 6, keys: 5, containers: 10 }],
    ['names that objects inherit', '{"__proto__":{},"constructor":1}', { depth: 2, keys: 2, containers: 2 }],
  ])('counts %s', (_name, json, extent) => {
    expect({ ...measureJson(JSON.parse(json)) }).toEqual(extent);
  });

  it.each([lists, objects])('stops at the depth limit', (nest) => {
    expect(measureJson(JSON.parse(nest(50_000))).depth).toBe(MAX_DEPTH + 1);
  });

  it.each([
    ['100 levels', lists(100), true],
    ['101 levels', objects(101), false],
    ['50,000 keys', `{${many(50_000, (index) => `"k${index}":0`)}}`, true],
    ['50,001 keys', `{${many(50_001, (index) => `"k${index}":0`)}}`, false],
    ['250,000 lists', `[${many(249_999, () => '[]')}]`, true],
    ['250,001 lists', `[${many(250_000, () => '{}')}]`, false],
  ])('applies the limits of the byte scanner: %s', (_name, json, accepted) => {
    expect(isAccepted(() => assertWithinLimits(measureJson(JSON.parse(json))))).toBe(accepted);
    expect(isAccepted(() => new JsonByteScanner().push(Buffer.from(json)))).toBe(accepted);
  });

  it('gives the same result as the byte scanner for any JSON', () => {
    const deep = fc
      .tuple(fc.integer({ min: 1, max: 2 * MAX_DEPTH }), fc.constantFrom(lists, objects))
      .map(([levels, nest]) => nest(levels));
    fc.assert(
      fc.property(fc.json(), deep, (before, after) => {
        const json = `[${before},{"b":${after}}]`;
        const accepted = isAccepted(() => new JsonByteScanner().push(Buffer.from(json)));
        expect(isAccepted(() => assertWithinLimits(measureJson(JSON.parse(json))))).toBe(accepted);
      }),
    );
  });
});
