import fc from 'fast-check';
import { parseLongJson } from './parse-long-json.js';

const LONG = 64 * 1024;
const base64 = (characters: number): string => 'QUJD'.repeat(characters / 4);
const parsed = (json: string | Buffer): unknown => parseLongJson(Buffer.from(json));

/** Strings on both sides of what is long, with what is not base64 in some. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .record({
      quads: fc.integer({ min: LONG / 4 - 2, max: LONG / 2 }),
      end: fc.constantFrom('', '', 'QQ==', 'Q', '\\', '"', 'ä', '\n'),
    })
    .map(({ quads, end }) => base64(quads * 4) + end),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.constantFrom(null, true, '__proto__'),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(fc.oneof(text, fc.constant('__proto__')), tie('value'), { maxKeys: 4 }),
})).value;

describe('parseLongJson', () => {
  it('returns what JSON.parse returns, however the JSON is written', () => {
    fc.assert(
      fc.property(json, fc.constantFrom('', ' ', '\n\t'), (value, space) => {
        const written = JSON.stringify(value, undefined, space);
        expect(parsed(written)).toStrictEqual(JSON.parse(written));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a value', `{"bytes":"${base64(LONG)}"}`],
    ['padded base64', `{"bytes":"${base64(LONG)}QQ=="}`],
    ['an element', `["${base64(LONG)}","${base64(LONG + 4)}"]`],
    ['a key', `{"${base64(LONG)}":1}`],
    ['a key before a space', `{"${base64(LONG)}" :1}`],
    ['the whole body', `"${base64(LONG)}"`],
    ['a string that begins with an escaped quote', `["\\"${base64(LONG)}"]`],
    ['a string after an escaped backslash', `["\\\\","${base64(LONG)}"]`],
    ['a string that ends with an escaped quote', `["${base64(LONG)}\\"",1]`],
    ['a member named __proto__', `{"__proto__":"${base64(LONG)}","a":{"__proto__":["${base64(LONG)}"]}}`],
    ['the same name twice', `{"a":"${base64(LONG)}","a":"${base64(LONG * 2)}"}`],
    ['text beside it', `{"a":"${base64(LONG)}","text":"ä€😀"}`],
    ['the URL alphabet', `["${base64(LONG)}-_-_"]`],
    ['escapes in it', `["${base64(LONG)}\\u0041QUI"]`],
  ])('reads %s as JSON.parse does', (_, written) => {
    expect(parsed(written)).toStrictEqual(JSON.parse(written));
  });

  it.each([
    ['a line break in it', `["${base64(LONG)}\n"]`],
    ['a string that does not end', `["${base64(LONG)}`],
    ['nothing before it', `${base64(LONG)}"]`],
    ['base64 outside a string', `["a"${base64(LONG)}"b"]`],
    ['two strings without a comma', `["${base64(LONG)}""${base64(LONG)}"]`],
    ['a bracket of the wrong kind', `["${base64(LONG)}"}`],
    ['something after the end', `["${base64(LONG)}"],`],
  ])('refuses %s', (_, written) => {
    expect(() => JSON.parse(written)).toThrow(SyntaxError);
    expect(() => parsed(written)).toThrow(SyntaxError);
  });

  it('replaces invalid UTF-8 as Buffer.toString does', () => {
    const written = Buffer.concat([
      Buffer.from([0x5b, 0x22, 0xff, 0xe2, 0x22, 0x2c, 0x22]),
      Buffer.from(`${base64(LONG)}"]`),
    ]);

    expect(parsed(written)).toStrictEqual(['\uFFFD\uFFFD', base64(LONG)]);
  });
});
