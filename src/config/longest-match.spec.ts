import { longestMatch } from './longest-match.js';

describe('longestMatch', () => {
  it.each([
    ['abc', 3],
    ['a|bcd|ef', 3],
    ['a?b', 2],
    ['a{3}', 3],
    ['a{2,5}b', 6],
    ['(ab){3}', 6],
    ['(?:ab|c){2}', 4],
    ['(?P<name>ab)c', 3],
    ['(?<name>ab)c', 3],
    ['(?i)ab', 2],
    ['(?i:ab)c', 3],
    ['(?i-s:ab)c', 3],
    ['^ab$', 2],
    [String.raw`\bab\b`, 2],
    [String.raw`\d{4}`, 8],
    [String.raw`\p{Greek}\pN`, 4],
    [String.raw`\x{1F600}\x41`, 4],
    [String.raw`\.\*`, 4],
    ['[abc]', 2],
    ['[]a]', 2],
    ['[^]a]', 2],
    [String.raw`[\]a]{2}`, 4],
    ['[[:alpha:]]{2}', 4],
    ['.', 1],
    ['😀', 2],
    ['(a(b(c)?)?)?', 3],
    ['a{0}', 0],
    ['a*', Infinity],
    ['a+?', Infinity],
    ['a{2,}', Infinity],
    ['(ab?)*c', Infinity],
    ['(?:^)*a', 1],
    ['a|b+', Infinity],
  ])('of %s is %d', (pattern, expected) => {
    expect(longestMatch(pattern)).toBe(expected);
  });

  it('is not below the length of a match with quotes', () => {
    expect(longestMatch(String.raw`\Qa.b\E`)).toBeGreaterThanOrEqual(3);
  });
});
