import fc from 'fast-check';
import { checkJsonBounds } from './json-bounds.js';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const keys = (count: number): string =>
  `{${Array.from({ length: count }, (_, index) => `"k${index}":0`).join(',')}}`;

describe('checkJsonBounds', () => {
  it.each([
    ['100 levels', nested(100)],
    ['50,000 keys', keys(50_000)],
    ['brackets inside a string', JSON.stringify(nested(200))],
    ['colons inside a string', JSON.stringify(':'.repeat(60_000))],
    ['escaped quotes before brackets', JSON.stringify(`"${nested(200)}`)],
    ['an even run of backslashes before a quote', JSON.stringify(['\\\\', nested(200)])],
    ['an odd run of backslashes before a quote', JSON.stringify(`\\"${nested(200)}`)],
    ['an unterminated string, which is the parser’s to refuse', `{"a":"${'['.repeat(200)}`],
    ['siblings, which are not deep', `[${Array.from({ length: 1_000 }, () => '[]').join(',')}]`],
    ['nothing', ''],
  ])('accepts %s', (_, json) => {
    expect(() => checkJsonBounds(Buffer.from(json))).not.toThrow();
  });

  it.each([
    ['101 levels', nested(101), 'The request body is nested deeper than 100 levels'],
    ['101 levels of objects', '{"a":'.repeat(101), 'The request body is nested deeper than 100 levels'],
    ['50,001 keys', keys(50_001), 'The request body has more than 50000 keys'],
    ['a bomb of 5 MB', '['.repeat(5_000_000), 'The request body is nested deeper than 100 levels'],
    [
      'levels after an escaped quote',
      `["\\"",${nested(100)}]`,
      'The request body is nested deeper than 100 levels',
    ],
  ])('refuses %s', (_, json, message) => {
    expect(() => checkJsonBounds(Buffer.from(json))).toThrow(
      expect.objectContaining({ name: 'ValidationException', message }),
    );
  });

  it('accepts every shallow JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
        checkJsonBounds(Buffer.from(JSON.stringify(value)));
      }),
      { numRuns: 300 },
    );
  });
});
