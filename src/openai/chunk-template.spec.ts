import fc from 'fast-check';
import type { ChatCompletionAnswer } from './chat-completion.js';
import { ChunkTemplate } from './chunk-template.js';

const read = (template: string, json: string): unknown => {
  const chunk = JSON.parse(template) as ChatCompletionAnswer;
  return ChunkTemplate.of(template, chunk)?.read(json);
};
const said = (content: unknown, more: object = {}): string =>
  JSON.stringify({ id: 'c', choices: [{ index: 0, delta: { content, ...more }, finish_reason: null }] });

describe('ChunkTemplate', () => {
  it.each<[name: string, template: string, json: string]>([
    ['text', said('one'), said('two')],
    ['no text', said('one'), said('')],
    ['text to be escaped', said('one'), said('"\n\\ \u0000 é 😀 \ud800')],
    ['text after text to be escaped', said('"\n\\'), said('two')],
    ['a piece that begins like the rest', said('one'), said('"},')],
    ['reasoning', '{"choices":[{"delta":{"reasoning":"a"}}]}', '{"choices":[{"delta":{"reasoning":"b"}}]}'],
    [
      'white space',
      '{"choices": [ {"delta":{"content" : "a"} }]} ',
      '{"choices": [ {"delta":{"content" : "b"} }]} ',
    ],
    ['an additional key', said('a', { ['__proto__x']: 1 }), said('b', { ['__proto__x']: 1 })],
    [
      'names twice',
      '{"id":"x","choices":[],"choices":[{"delta":{"content":"a"}}]}',
      '{"id":"x","choices":[],"choices":[{"delta":{"content":"b"}}]}',
    ],
  ])('is read as JSON.parse reads it: %s', (_name, template, json) => {
    expect(read(template, json)).toStrictEqual(JSON.parse(json));
  });

  it.each<[name: string, template: string, json: string]>([
    ['another id', said('one'), said('two').replace('"c"', '"d"')],
    ['a finish', said('one'), said('two').replace('null', '"stop"')],
    ['one more member', said('one'), said('two', { role: 'assistant' })],
    ['null in place of a string', said('one'), said(null)],
    ['an end within the piece', said('one'), said('two').slice(0, -20)],
    ['a quote in the piece', said('one'), said('two').replace('two', 't"wo')],
    ['another member in the piece', said('one'), said('two').replace('two', 't","role":"wo')],
    ['a line feed in the piece', said('one'), said('two').replace('two', 't\nwo')],
    ['an unknown escape', said('one'), said('two').replace('two', '\\x')],
    ['half of the text around the piece', said('one'), said('one').slice(0, 40)],
    ['nothing', said('one'), ''],
  ])('does not read: %s', (_name, template, json) => {
    expect(read(template, json)).toBeUndefined();
  });

  it.each<[name: string, json: string]>([
    ['no piece', said('')],
    ['no delta', '{"choices":[{"message":{"content":"a"}}]}'],
    ['delta null', '{"choices":[{"delta":null}]}'],
    ['a choice null', '{"choices":[null]}'],
    ['two choices', '{"choices":[{"delta":{"content":"a"}},{"delta":{"content":"b"}}]}'],
    ['no choices', '{}'],
    ['choices that are not a list', '{"choices":"x"}'],
    ['a piece that also occurs elsewhere', said('c')],
    ['a piece like a name', said('choices')],
    ['a piece like a separator', said(',')],
    [
      'escapes that JSON.stringify does not write, and the piece elsewhere',
      '{"id":"é","choices":[{"delta":{"content":"\\u00e9"}}]}',
    ],
    [
      'the piece in a member that is overwritten',
      '{"choices":[{"delta":{"content":"a","content":"\\u0061"}}]}',
    ],
  ])('is not created from %s', (_name, json) => {
    expect(ChunkTemplate.of(json, JSON.parse(json) as ChatCompletionAnswer)).toBeUndefined();
  });
});

/** Text that is likely to repeat the text around a piece. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    'content',
    'delta',
    '"',
    '\\',
    ',',
    ':',
    '{',
    '}]',
    '","',
    'probe',
    '\n',
    'é',
    'c',
    'a',
  ),
);
const chunk = fc.record(
  {
    id: text,
    choices: fc.array(
      fc.record(
        {
          index: fc.constantFrom(0, 1),
          delta: fc.record(
            { role: text, content: text, reasoning: text, x: fc.jsonValue() },
            { requiredKeys: [] },
          ),
          finish_reason: fc.constantFrom(null, 'stop'),
        },
        { requiredKeys: ['delta'] },
      ),
      { minLength: 1, maxLength: 2 },
    ),
    usage: fc.jsonValue(),
  },
  { requiredKeys: ['choices'] },
);

describe('ChunkTemplate of any chunk', () => {
  it('never reads a chunk differently from JSON.parse', () => {
    fc.assert(
      fc.property(chunk, chunk, text, fc.boolean(), (first, other, piece, ascii) => {
        const template = ChunkTemplate.of(
          JSON.stringify(first),
          JSON.parse(JSON.stringify(first)) as ChatCompletionAnswer,
        );
        const same = structuredClone(first);
        if (same.choices[0]?.delta.content !== undefined) same.choices[0].delta.content = piece;
        for (const next of [same, other]) {
          const json = ascii ? escaped(JSON.stringify(next)) : JSON.stringify(next);
          const chunkRead = template?.read(json);
          if (chunkRead !== undefined) expect(chunkRead).toStrictEqual(JSON.parse(json));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads every chunk that differs only in its piece', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (piece) => {
        expect(read(said('one'), said(piece))).toStrictEqual(JSON.parse(said(piece)));
      }),
    );
  });
});

/** JSON with the spaces that servers in Python write. */
function escaped(json: string): string {
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
