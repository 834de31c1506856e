import { retryAfterOf } from './retry-after.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');

describe('retryAfterOf', () => {
  it.each<[headers: Record<string, string>, retryAfterMs: number | undefined]>([
    [{ 'retry-after': '2' }, 2_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after-ms': '120.4', 'retry-after': '1' }, 121],
    [{ 'retry-after-ms': 'x', 'retry-after': '1' }, 1_000],
    [{ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '1m2.5s' }, 62_500],
    [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '120ms' }, 120],
    [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '7' }, 7_000],
    [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': 'later' }, undefined],
    [{ 'x-ratelimit-remaining-requests': '0' }, undefined],
    [{ 'x-ratelimit-remaining-requests': '5', 'x-ratelimit-reset-requests': '1s' }, undefined],
    [
      {
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '1s',
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      360_000,
    ],
    [{}, undefined],
  ])('%j is %p ms', (headers, retryAfterMs) => {
    const lookup = new Headers(headers);
    expect(retryAfterOf(lookup, NOW)).toEqual({
      retryAfter: lookup.get('retry-after') ?? undefined,
      retryAfterMs,
    });
  });
});
