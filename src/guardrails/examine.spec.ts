import fc from 'fast-check';
import { longestTurnMs } from '../../test/support/longest-turn.js';
import { PII_TYPES } from '../config/guardrail.js';
import { examine } from './examine.js';
import { piiRecognisers } from './policy.js';
import { LONGEST_UNBOUNDED, type GuardrailRule, type Recogniser } from './recogniser.js';
import { regexForm } from './regexes.js';
import { wordsForm } from './words.js';

const rule = (name: string): GuardrailRule => ({
  kind: 'regex',
  name,
  actions: { input: 'BLOCK', output: 'BLOCK' },
});
const regex = (pattern: string): Recogniser => ({ ...regexForm(pattern), rule: rule(pattern) });

async function found(text: string, ...patterns: string[]): Promise<string[]> {
  const findings = await examine(text, patterns.map(regex));
  return findings.map(({ begin, end }) => text.slice(begin, end));
}

describe('examine', () => {
  it.each<[pattern: string, text: string, expected: string[]]>([
    [String.raw`\b[A-Z]{2}-\d{4}\b`, 'see AB-1234, CD-5678 and XAB-1234', ['AB-1234', 'CD-5678']],
    ['(?i)project (alpha|beta)', 'Project Alpha', ['Project Alpha']],
    ['^top', 'top of the top', ['top']],
    ['end$', 'the end of the end', ['end']],
    ['a+', 'baaab', ['aaa']],
    ['(?m)^b$', 'a\nb\nc', ['b']],
    ['x*', 'ab', []],
  ])('finds %s in %j', async (pattern, text, expected) => {
    expect(await found(text, pattern)).toEqual(expected);
  });

  it('orders findings by their position', async () => {
    expect(await found('b a ab', 'a', 'b', 'ab')).toEqual(['b', 'a', 'ab', 'a', 'b']);
  });

  it('orders addresses of both versions', async () => {
    const text = '10.0.0.1 2001:db8::1 10.0.0.2';
    const findings = await examine(text, await piiRecognisers(['IP_ADDRESS'], undefined));
    expect(findings.map(({ begin, end }) => text.slice(begin, end))).toEqual(text.split(' '));
  });

  it('finds the same in a long text as in a short one, wherever its pieces end', async () => {
    const pattern = String.raw`^x|\b[a-c]{2}\d{1,4}\b|y$`;
    const piece = fc.constantFrom('ab12', ' ', 'x', 'cc1', 'y', 'aa99999', '\n', '日本');
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 40 }),
        fc.integer({ min: 8_100, max: 8_200 }),
        async (pieces, at) => {
          const text = pieces.join('');
          const short = await found(`. ${text} .`, pattern);
          const long = await found(`${'.'.repeat(at)} ${text} ${'.'.repeat(9_000)}`, pattern);
          expect(long).toEqual(short);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes a match that is longer than it looks to reach to the end of the text', async () => {
    const text = `${'a '.repeat(9_000)}secret ${'b'.repeat(LONGEST_UNBOUNDED * 3)} end`;
    const [finding] = await examine(text, [regex('secret b+')]);
    expect([finding?.begin, finding?.end]).toEqual([18_000, text.length]);
  });
});

const MAX_TURN_MS = 50;
const MEGABYTE = 1_000_000;
/** The time of a turn does not depend on the length, so the others are shorter. */
const LONG = 200_000;
const HOSTILE: [name: string, text: string][] = [
  ['one letter', 'a'.repeat(MEGABYTE)],
  ['one digit', '1'.repeat(LONG)],
  ['digits with spaces', '1 '.repeat(LONG / 2)],
  ['short numbers', '4111 1111 1111 1111 '.repeat(LONG / 20)],
  ['numbers with hyphens', '123-45-6789-'.repeat(LONG / 12)],
  ['telephone numbers', '212-555-012, '.repeat(LONG / 13)],
  ['signs of addresses', 'a@'.repeat(LONG / 2)],
  ['nothing but @', '@'.repeat(LONG)],
  ['colons', '1:'.repeat(LONG / 2)],
  ['beginnings of addresses', 'http://'.repeat(LONG / 7)],
  ['accounts', 'DE89 '.repeat(LONG / 5)],
  ['nested repetitions', `${'x'.repeat(LONG - 1)}!`],
  ['short words', 'a b '.repeat(LONG / 4)],
  ['ideographs', '禁'.repeat(LONG)],
  ['lone surrogates', '\ud800'.repeat(LONG)],
  ['findings alone', 'word7 u@example.com '.repeat(LONG / 20)],
];

describe('A hostile text', () => {
  let recognisers: Recogniser[];

  beforeAll(async () => {
    const words = Array.from({ length: 10_000 }, (_, index) =>
      index % 2 === 0 ? `a b ${index}` : `word${index}`,
    );
    recognisers = [
      ...(await piiRecognisers(PII_TYPES, 'US')),
      { ...wordsForm(words), rule: rule('words') },
      ...['(x+x+)+y', '(a*)*b', '(?i)secret\\s+project', 'a{1,100}b', '(a|a)+$'].map(regex),
    ];
    // what is compiled while it runs is not counted
    await examine(HOSTILE.map(([, text]) => text.slice(0, 20_000)).join('\n'), recognisers);
  });

  it.each(HOSTILE)('of %s lets the event loop turn', async (_, text) => {
    const turnMs = await longestTurnMs(() => examine(text, recognisers), MAX_TURN_MS);
    expect(turnMs).toBeLessThan(MAX_TURN_MS);
  });

  it('holds the event loop no longer when there are ten at once', async () => {
    const texts = HOSTILE.slice(1, 11).map(([, text]) => text);
    const turnMs = await longestTurnMs(
      () => Promise.all(texts.map((text) => examine(text, recognisers))),
      MAX_TURN_MS,
    );
    expect(turnMs).toBeLessThan(MAX_TURN_MS);
  });
});
