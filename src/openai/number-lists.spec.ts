import fc from 'fast-check';
import { JsonBytes } from '../streaming/json-bytes.js';
import { NumberList } from './number-list.js';
import { parseWithNumberLists } from './number-lists.js';

const parsed = (json: string): unknown => parseWithNumberLists([Buffer.from(json)]);
const plain = (json: string): unknown => JSON.parse(JSON.stringify(parsed(json)));
const plainOf = (parts: Buffer[]): unknown => JSON.parse(JSON.stringify(parseWithNumberLists(parts)));

/** Parts of these lengths, and the rest. */
function inParts(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  let start = 0;
  const parts = lengths.map((length) => bytes.subarray(start, (start += length)));
  return [...parts, bytes.subarray(start)];
}

/** What it returns, or that it fails. */
function outcome(run: () => unknown): unknown {
  try {
    return { value: run() };
  } catch {
    return 'not JSON';
  }
}

describe('parseWithNumberLists', () => {
  it('keeps the bytes of a list of numbers', () => {
    const value = parsed('{"a":[0.50, -2,\n1e-4],"c":["x"],"d":[]}') as Record<string, unknown>;
    const { a: list } = value;
    expect(value).toEqual({ a: expect.any(NumberList), c: ['x'], d: [] });
    expect(list).toMatchObject({ values: [0.5, -2, 0.0001], bytes: Buffer.from('[0.50, -2,\n1e-4]') });
  });

  it.each([
    ['nested lists', '[[1,2],[3],[[-4]]]'],
    ['a list that begins with numbers', '{"a":[1,[2]],"b":[1,null],"c":[1,{"d":[2]}],"e":[1,"]"]}'],
    ['brackets in a text', '{"a":"see [1,2] there","b":[1,2]}'],
    ['a text that is a list', '{"a":"[1,2]","b":[1]}'],
    ['a text with an escaped quote', String.raw`{"a":"\"[1]","b":[2]}`],
    ['other letters than ASCII', '{"ü":["ö",{"日":[1.5]}]}'],
    ['a byte order mark', '\ufeff{"a":[1]}'],
  ])('is what JSON.parse gives for %s', (_name, json) => {
    expect(plain(json)).toEqual(JSON.parse(json.replace('\ufeff', '')));
  });

  it('is what JSON.parse gives for any JSON, and gives it back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify({ value });
        expect(plain(json)).toEqual(JSON.parse(json));
        expect(JsonBytes.of({ again: parsed(json) }).bytes.toString()).toBe(`{"again":${json}}`);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same for the parts of a JSON', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'[]{}":,0123.-eE \\nüa日'.split('')) });
    const json = fc.oneof(
      fc.jsonValue().map((value) => JSON.stringify({ value })),
      letters,
    );
    fc.assert(
      fc.property(json, fc.array(fc.nat({ max: 12 })), (text, lengths) => {
        expect(outcome(() => plainOf(inParts(Buffer.from(text), lengths)))).toEqual(
          // JSON.stringify writes -0 as 0
          outcome(() => JSON.parse(JSON.stringify(JSON.parse(text))) as unknown),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps the numbers of a list that comes in parts', () => {
    const bytes = Buffer.from('{"data":[[1,-2.5e3],[0.10,4]],"of":[5]}');
    for (let length = 1; length <= bytes.length; length += 1) {
      const value = parseWithNumberLists(
        inParts(
          bytes,
          Array.from(bytes, () => length),
        ),
      );
      expect(value).toEqual({
        data: [expect.any(NumberList), expect.any(NumberList)],
        of: expect.any(NumberList),
      });
      expect(JsonBytes.of(value as object).bytes).toEqual(bytes);
    }
  });

  it('does not take a number without end for one', () => {
    expect(parsed('{"a":[1e999]}')).toEqual({ a: [Infinity] });
  });

  it.each(['{"a":[1,NaN]}', '{"a":[1', '[1,2', '<html>[1]</html>', ''])('refuses %j', (json) => {
    expect(() => parsed(json)).toThrow(expect.objectContaining({ failure: 'unusable', reason: 'not JSON' }));
  });
});
