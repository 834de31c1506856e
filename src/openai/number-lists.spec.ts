import fc from 'fast-check';
import { JsonBytes } from '../streaming/json-bytes.js';
import { NumberList } from './number-list.js';
import { parseWithNumberLists } from './number-lists.js';

const parsed = (json: string): unknown => parseWithNumberLists(Buffer.from(json));
const plain = (json: string): unknown => JSON.parse(JSON.stringify(parsed(json)));

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

  it('does not take a number without end for one', () => {
    expect(parsed('{"a":[1e999]}')).toEqual({ a: [Infinity] });
  });

  it.each(['{"a":[1,NaN]}', '{"a":[1', '[1,2', '<html>[1]</html>', ''])('refuses %j', (json) => {
    expect(() => parsed(json)).toThrow(expect.objectContaining({ failure: 'unusable', reason: 'not JSON' }));
  });
});
