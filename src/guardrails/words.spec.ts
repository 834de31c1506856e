import { examine } from './examine.js';
import type { GuardrailRule } from './recogniser.js';
import { wordsForm } from './words.js';

const rule: GuardrailRule = { kind: 'word', name: 'word', actions: { input: 'BLOCK', output: 'BLOCK' } };

async function found(words: readonly string[], text: string): Promise<string[]> {
  const findings = await examine(text, [{ ...wordsForm(words), rule }]);
  return findings.map(({ begin, end }) => text.slice(begin, end));
}

describe('Words', () => {
  it.each<[words: string[], text: string, expected: string[]]>([
    [['secret'], 'a secret plan', ['secret']],
    [['secret'], 'SECRET, Secret. secret!', ['SECRET', 'Secret', 'secret']],
    [['Secret'], 'secret', ['secret']],
    [['project x'], 'The Project  X begins', ['Project  X']],
    [['project x'], 'project\nx', ['project\nx']],
    [['a', 'a b', 'a b c'], 'a b c', ['a b c']],
    [['a b', 'b c'], 'a b c', ['a b', 'b c']],
    [['größe'], 'Die GRÖSSE und die GRÖßE', ['GRÖßE']],
    [['café'], 'un cafe\u0301 noir', ['cafe\u0301']],
    [['секрет'], 'это СЕКРЕТ.', ['СЕКРЕТ']],
    [['سر'], 'هذا سر كبير', ['سر']],
    [['禁止'], 'ここは禁止です', ['禁止']],
    [['ความลับ'], 'นี่คือความลับของฉัน', ['ความลับ']],
    [['비밀'], '이것은 비밀 이다', ['비밀']],
    [['c++'], 'I know C++ well', ['C++']],
    [['foo-bar'], 'a foo-bar b', ['foo-bar']],
    [['@admin'], 'hi @admin', ['@admin']],
    [['x'], 'x_y x-y x.y', ['x', 'x']],
    [['😀'], 'ok 😀', ['😀']],
  ])('%j are found in %j', async (words, text, expected) => {
    expect(await found(words, text)).toEqual(expected);
  });

  it.each<[words: string[], text: string]>([
    [['secret'], 'secretary'],
    [['secret'], 'topsecret'],
    [['secret'], 'secret_key'],
    [['secret'], 'secrét'],
    [['secret'], 'secret2'],
    [['secret'], 's e c r e t'],
    [['ass'], 'the assassin passed class'],
    [['project x'], 'project y x'],
    [['project x'], 'project, x'],
    [['project x'], 'project xy'],
    [['project x'], 'projectx'],
    [['project x'], `project${' '.repeat(40)}x`],
    [['c++'], 'c and c+'],
    [['foo-bar'], 'foo bar'],
    [['секрет'], 'секретарь'],
    [['비밀'], '비밀이다'],
    [['禁止'], '禁 , 止'],
    [['a b'], 'b a'],
    [['a b c'], 'a b'],
    [['secret'], ''],
  ])('%j are not found in %j', async (words, text) => {
    expect(await found(words, text)).toEqual([]);
  });

  it('are found in a list of 10,000, wherever the pieces of a text end', async () => {
    const words = Array.from({ length: 10_000 }, (_, index) => `word${index} of the list`);
    const text = `${'filler '.repeat(1_170)}word7 of the list ${'filler '.repeat(1_170)}WORD9999 OF THE LIST`;
    for (let shift = 0; shift < 30; shift += 1) {
      expect(await found(words, ' '.repeat(shift) + text)).toEqual([
        'word7 of the list',
        'WORD9999 OF THE LIST',
      ]);
    }
  });
});
