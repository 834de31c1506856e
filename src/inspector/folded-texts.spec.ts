import { foldLongTexts } from './folded-texts.js';

const LONG = 'Z'.repeat(2_000);

describe('Long texts of a body', () => {
  it.each<[name: string, value: unknown, folded: unknown]>([
    [
      'are folded',
      { image: LONG, text: 'seen' },
      { image: `${'Z'.repeat(64)}… (2000 characters)`, text: 'seen' },
    ],
    [
      'are found behind quotes',
      ['a "quote" \\', LONG],
      ['a "quote" \\', `${'Z'.repeat(64)}… (2000 characters)`],
    ],
    [
      'are found behind a backslash at the end of a text',
      ['\\', LONG],
      ['\\', `${'Z'.repeat(64)}… (2000 characters)`],
    ],
    [
      'keep whole escapes',
      ['\n'.repeat(2_000), '\u0001'.repeat(2_000), '\\'.repeat(2_000)],
      [
        `${'\n'.repeat(64)}… (4000 characters)`,
        `${'\u0001'.repeat(64)}… (12000 characters)`,
        `${'\\'.repeat(64)}… (4000 characters)`,
      ],
    ],
    ['stay when they are short', [1, 'short', { a: null }], [1, 'short', { a: null }]],
  ])('%s', (_, value, folded) => {
    const { text, isCut } = foldLongTexts(JSON.stringify(value), 100_000);
    expect([JSON.parse(text), isCut]).toEqual([folded, false]);
  });

  it('are not looked for behind what is shown', () => {
    const many = JSON.stringify(Array.from({ length: 1_000 }, () => 'word'));
    const { text, isCut } = foldLongTexts(many, 100);
    expect(isCut).toBe(true);
    expect(many.startsWith(text)).toBe(true);
    expect(text.length).toBeLessThan(110);
  });

  it.each(['no JSON', '"without an end', '"ends with \\', ''])('leave %j as it is', (text) => {
    expect(foldLongTexts(text, 100)).toEqual({ text, isCut: false });
  });
});
