import fc from 'fast-check';
import { parseToolArguments } from './tool-input.js';

describe('tool call arguments → input', () => {
  it.each<[string, unknown, object]>([
    ['an object', '{"city":"Kyiv","days":[1,2]}', { city: 'Kyiv', days: [1, 2] }],
    ['an object with blanks around', ' \n{"a":1}\n', { a: 1 }],
    ['an empty object', '{}', {}],
    ['an empty text', '', {}],
    ['a blank text', ' \n', {}],
    ['the text null', 'null', {}],
    ['null', null, {}],
    ['nothing', undefined, {}],
    ['an object that is no text', { a: { b: null } }, { a: { b: null } }],
    ['an object encoded twice', JSON.stringify('{"a":"\\"b\\""}'), { a: '"b"' }],
    ['nothing encoded twice', '""', {}],
  ])('%s', (_, raw, input) => {
    expect(parseToolArguments(raw)).toStrictEqual(input);
  });

  it.each<[string, unknown]>([
    ['cut', '{"city":"Ky'],
    ['followed by rubbish', '{"a":1}}'],
    ['in a code fence', '```json\n{"a":1}\n```'],
    ['a list', '[1]'],
    ['a number', '5'],
    ['a truth value', 'false'],
    ['plain text', 'Kyiv'],
    ['text encoded twice', '"Kyiv"'],
    ['an object encoded three times', JSON.stringify(JSON.stringify('{"a":1}'))],
    ['a list that is no text', [{ a: 1 }]],
    ['a number that is no text', 5],
    ['a truth value that is no text', true],
    ['too deep', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ])('malformed: %s', (_, raw) => {
    expect(parseToolArguments(raw)).toBeUndefined();
  });

  it('keeps a member named __proto__ as a member', () => {
    expect(JSON.stringify(parseToolArguments('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}');
  });

  it('returns every object unchanged', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }));
    fc.assert(
      fc.property(objects, (object) => {
        const json = JSON.stringify(object);
        expect(JSON.stringify(parseToolArguments(json))).toBe(json);
        expect(JSON.stringify(parseToolArguments(JSON.stringify(json)))).toBe(json);
      }),
      { numRuns: 200 },
    );
  });
});
