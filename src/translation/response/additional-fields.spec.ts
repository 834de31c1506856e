import fc from 'fast-check';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { additionalResponseFields } from './additional-fields.js';

const answer: ChatCompletionAnswer = {
  id: 'chatcmpl-1',
  usage: { total_tokens: 9, prompt_tokens: 4 },
  system_fingerprint: null,
  choices: [
    { index: 0, finish_reason: 'stop' },
    { index: 1, finish_reason: 'length' },
  ],
  'a/b~c': { '': 1 },
};

describe('additionalModelResponseFieldPaths', () => {
  it.each<[string, string[], object]>([
    ['a member', ['/id'], { id: 'chatcmpl-1' }],
    ['a member of a member', ['/usage/total_tokens'], { usage: { total_tokens: 9 } }],
    [
      'two members of one',
      ['/usage/total_tokens', '/usage/prompt_tokens'],
      { usage: { total_tokens: 9, prompt_tokens: 4 } },
    ],
    ['an object and a member of it', ['/usage', '/usage/total_tokens'], { usage: answer.usage }],
    ['a member and the object of it', ['/usage/total_tokens', '/usage'], { usage: answer.usage }],
    ['null', ['/system_fingerprint'], { system_fingerprint: null }],
    ['an entry', ['/choices/0/finish_reason'], { choices: [{ finish_reason: 'stop' }] }],
    ['a later entry', ['/choices/1/finish_reason'], { choices: [null, { finish_reason: 'length' }] }],
    [
      'a later entry, then an earlier one',
      ['/choices/1/index', '/choices/0/index'],
      { choices: [{ index: 0 }, { index: 1 }] },
    ],
    ['escaped characters', ['/a~1b~0c/'], { 'a/b~c': { '': 1 } }],
    ['the stop sequence', ['/stop_sequence'], { stop_sequence: 'END' }],
    [
      'the stop sequence, as Anthropic streams it',
      ['/delta/stop_sequence'],
      { delta: { stop_sequence: 'END' } },
    ],
    ['what is there, beside what is not', ['/nothing', '/id'], { id: 'chatcmpl-1' }],
  ])('%s', (_, paths, fields) => {
    expect(additionalResponseFields(paths, answer, 'END')).toStrictEqual(fields);
  });

  it('returns null if no stop sequence was matched', () => {
    expect(additionalResponseFields(['/delta/stop_sequence'], answer, null)).toStrictEqual({
      delta: { stop_sequence: null },
    });
  });

  it.each<[string, string[] | null | undefined]>([
    ['no paths', undefined],
    ['null', null],
    ['an empty list', []],
    ['absent members', ['/nothing', '/usage/nothing', '/usage/total_tokens/more', '/system_fingerprint/x']],
    ['absent entries', ['/choices/2', '/choices/00', '/choices/-', '/choices/-1', '/choices/length']],
    ['malformed pointers', ['', 'id', '/a~2b', '/a~']],
    ['what every object inherits', ['/constructor', '/__proto__', '/usage/__proto__/x', '/toString']],
  ])('returns nothing for %s', (_, paths) => {
    expect(additionalResponseFields(paths, answer, 'END')).toBeUndefined();
  });

  it('omits values that are too large or too deep', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
    const large = { ...answer, text: 'x'.repeat(300_000), half: 'x'.repeat(150_000), deep };
    const paths = ['/text', '/half', '/half', '/deep', '/id'];
    const fields = additionalResponseFields(paths, large, null);
    expect(fields).toStrictEqual({ half: large.half, id: 'chatcmpl-1' });
  });

  it('does not change the answer', () => {
    const before = structuredClone(answer);
    additionalResponseFields(['/usage', '/usage/total_tokens', '/choices', '/choices/1/index'], answer, null);
    expect(answer).toStrictEqual(before);
  });

  it('never reads a prototype', () => {
    const segment = fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'prototype', 'choices', '0'),
      fc.string(),
    );
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(
        fc.array(path, { maxLength: 5 }),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (paths, body) => {
          additionalResponseFields(paths, body, null);
          expect(Object.keys(Object.prototype)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
