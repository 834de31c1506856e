import fc from 'fast-check';
import { settledLength, wellFormedJson } from './well-formed-json.js';

describe('wellFormedJson', () => {
  it.each([
    ['no escape', '{"a":"b"}', '{"a":"b"}'],
    ['a lone high surrogate', String.raw`{"a":"x\ud83dy"}`, '{"a":"x\ufffdy"}'],
    ['a lone low surrogate', String.raw`["\ude00"]`, '["\ufffd"]'],
    ['in capitals', String.raw`["\uD83D"]`, '["\ufffd"]'],
    ['a lone surrogate in a key', String.raw`{"\ud83d":1}`, '{"\ufffd":1}'],
    ['a pair', String.raw`["\ud83d\ude00"]`, String.raw`["\ud83d\ude00"]`],
    [
      'a pair after a lone surrogate',
      String.raw`["\ud83d\ud83d\ude00"]`,
      '["\ufffd' + String.raw`\ud83d\ude00"]`,
    ],
    ['a pair in the wrong order', String.raw`["\ude00\ud83d"]`, '["\ufffd\ufffd"]'],
    ['an escaped backslash before letters', String.raw`["\\ud83d"]`, String.raw`["\\ud83d"]`],
    ['a lone surrogate after an escaped backslash', String.raw`["\\\ud83d"]`, String.raw`["\\` + '\ufffd"]'],
    ['other escapes', String.raw`["\n\u00e9\ud7ff\ue000"]`, String.raw`["\n\u00e9\ud7ff\ue000"]`],
  ])('%s', (_, json, expected) => {
    expect(wellFormedJson(json)).toBe(expected);
  });

  it('replaces lone surrogates by U+FFFD, and changes nothing else', () => {
    fc.assert(
      fc.property(anyJson, fc.boolean(), (value, asciiOnly) => {
        const json = asciiOnly ? ascii(JSON.stringify(value)) : JSON.stringify(value);
        expect(JSON.parse(wellFormedJson(json))).toEqual(wellFormed(value));
        const sound = JSON.stringify(wellFormed(value));
        expect(wellFormedJson(sound)).toBe(sound);
        expect(wellFormedJson(ascii(sound))).toBe(ascii(sound));
      }),
      { numRuns: 500 },
    );
  });
});

describe('settledLength', () => {
  it.each([
    ['', ''],
    ['{"a":1', ''],
    ['"a', '\\'],
    [String.raw`"\\`, ''],
    [String.raw`"\\`, '\\'],
    [String.raw`"\n`, ''],
    ['"', String.raw`\u`],
    ['"', String.raw`\ud`],
    ['"', String.raw`\uD8`],
    ['"', String.raw`\ud83d`],
    ['"', '\\ud83d\\'],
    ['"', String.raw`\ud83d\ude0`],
    ['"', String.raw`\ude`],
    ['"', String.raw`\ude0`],
    ['"', String.raw`\uDF0`],
    [String.raw`"\ud83d\ude00`, ''],
    [String.raw`"\ud83d`, String.raw`\ud83d`],
    [String.raw`"\ude00`, ''],
    [String.raw`"\u00`, ''],
    [String.raw`"\\ud83d`, ''],
    [String.raw`"\ud83dx`, ''],
    [String.raw`"\ud83d\n`, ''],
  ])('%s|%s', (settled, rest) => {
    expect(settledLength(settled + rest)).toBe(settled.length);
  });
});

const unit = fc.oneof(
  fc.constantFrom('\ud83d', '\ude00', '\\', 'u', 'd83d', '"', '\n', '😀', 'é'),
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
);
const text = fc.string({ unit, maxLength: 8 });
const { value: anyJson } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
}));

/** JSON as servers write it that escape everything beyond ASCII. */
function ascii(json: string): string {
  return json.replaceAll(/[^\0-\x7f]/g, (character) =>
    Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((code) => `\\u${code.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** Replaces the lone surrogates in every string of a value. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.toWellFormed(), wellFormed(member)]),
  );
}
