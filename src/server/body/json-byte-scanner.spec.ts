import fc from 'fast-check';
import { JsonByteScanner } from './json-byte-scanner.js';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const keys = (count: number): string =>
  `{${Array.from({ length: count }, (_, index) => `"k${index}":0`).join(',')}}`;

const lists = (count: number): string => `[${Array.from({ length: count - 1 }, () => '[]').join(',')}]`;

const look = (...chunks: Buffer[]): void => {
  const scanner = new JsonByteScanner();
  for (const chunk of chunks) scanner.push(chunk);
};

describe('JsonByteScanner', () => {
  it.each([
    ['100 levels', nested(100)],
    ['50,000 keys', keys(50_000)],
    ['250,000 lists', lists(250_000)],
    ['brackets inside a string', JSON.stringify(nested(200))],
    ['colons inside a string', JSON.stringify(':'.repeat(60_000))],
    ['escaped quotes before brackets', JSON.stringify(`"${nested(200)}`)],
    ['an even run of backslashes before a quote', JSON.stringify(['\\\\', nested(200)])],
    ['an odd run of backslashes before a quote', JSON.stringify(`\\"${nested(200)}`)],
    ['an unterminated string, which is the parser’s to refuse', `{"a":"${'['.repeat(200)}`],
    ['siblings, which are not deep', `[${Array.from({ length: 1_000 }, () => '[]').join(',')}]`],
    ['nothing', ''],
  ])('accepts %s', (_, json) => {
    expect(() => look(Buffer.from(json))).not.toThrow();
  });

  it.each([
    ['101 levels', nested(101), 'The request body is nested deeper than 100 levels'],
    ['101 levels of objects', '{"a":'.repeat(101), 'The request body is nested deeper than 100 levels'],
    ['50,001 keys', keys(50_001), 'The request body has more than 50000 keys'],
    ['250,001 lists', lists(250_001), 'The request body has more than 250000 objects and lists'],
    ['a bomb of 5 MB', '['.repeat(5_000_000), 'The request body is nested deeper than 100 levels'],
    [
      'levels after an escaped quote',
      `["\\"",${nested(100)}]`,
      'The request body is nested deeper than 100 levels',
    ],
  ])('refuses %s', (_, json, message) => {
    expect(() => look(Buffer.from(json))).toThrow(
      expect.objectContaining({ name: 'ValidationException', message }),
    );
  });

  it('accepts every shallow JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
        look(Buffer.from(JSON.stringify(value)));
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same result however the bytes are split', () => {
    const token = fc.constantFrom(
      '"',
      '\\',
      '\\"',
      '{',
      '}',
      '[',
      ']',
      ':',
      'é',
      'a'.repeat(70),
      '['.repeat(60),
      '{'.repeat(70),
    );
    const json = fc.array(token, { maxLength: 60 }).map((tokens) => Buffer.from(tokens.join('')));
    const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 10 });
    const verdicts = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(json, cuts, (bytes, at) => {
        const expected = referenceVerdict(bytes);
        expect(verdictOf(bytes)).toBe(expected);
        expect(verdictOf(...split(bytes, at))).toBe(expected);
        verdicts[expected] += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(verdicts.accepted, verdicts.refused)).toBeGreaterThan(100);
  });

  it('accepts the bytes one by one', () => {
    const bytes = Buffer.from(JSON.stringify(['\\"', nested(200), { a: '"\\' }]) + nested(100));
    expect(verdictOf(...Array.from(bytes, (byte) => Buffer.of(byte)))).toBe('accepted');
  });
});

type Verdict = 'accepted' | 'refused';

function verdictOf(...chunks: Buffer[]): Verdict {
  try {
    look(...chunks);
    return 'accepted';
  } catch {
    return 'refused';
  }
}

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const ends = [...cuts.toSorted((a, b) => a - b), bytes.length];
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

/** Depth alone: the tokens are too few for the limit of keys. */
function referenceVerdict(bytes: Buffer): Verdict {
  const outside = bytes.toString().replaceAll(/"(?:[^"\\]|\\[^])*(?:"|\\?$)/g, '');
  let depth = 0;
  for (const sign of outside) {
    if (sign === '{' || sign === '[') depth += 1;
    if (sign === '}' || sign === ']') depth -= 1;
    if (depth > 100) return 'refused';
  }
  return 'accepted';
}
