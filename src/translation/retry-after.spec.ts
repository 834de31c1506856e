import { retryAfterHeaders } from './retry-after.js';

const date = 'Sun, 22 Nov 2026 13:00:00 GMT';

describe('retry-after', () => {
  it.each<[string, Parameters<typeof retryAfterHeaders>[0], Record<string, string>]>([
    ['nothing', {}, {}],
    ['seconds', { retryAfter: '7' }, { 'retry-after': '7', 'x-amz-retry-after': '7000' }],
    ['a fraction', { retryAfter: '0.5' }, { 'retry-after': '0.5', 'x-amz-retry-after': '500' }],
    ['zero', { retryAfter: '0' }, { 'retry-after': '0', 'x-amz-retry-after': '0' }],
    ['milliseconds', { retryAfterMs: 1_250 }, { 'retry-after': '2', 'x-amz-retry-after': '1250' }],
    [
      'seconds and milliseconds',
      { retryAfter: '2', retryAfterMs: 1_250 },
      { 'retry-after': '2', 'x-amz-retry-after': '1250' },
    ],
    ['a date', { retryAfter: date }, { 'retry-after': date }],
    [
      'a date and milliseconds',
      { retryAfter: date, retryAfterMs: 3_000 },
      { 'retry-after': date, 'x-amz-retry-after': '3000' },
    ],
    ['a text that is neither', { retryAfter: 'soon' }, {}],
    [
      'a text that is neither, and milliseconds',
      { retryAfter: 'soon', retryAfterMs: 10 },
      { 'retry-after': '1', 'x-amz-retry-after': '10' },
    ],
    ['a header within a header', { retryAfter: '1\r\nx-evil: 1' }, {}],
    ['a negative time', { retryAfter: '-1', retryAfterMs: -1 }, {}],
    ['no end', { retryAfterMs: Infinity }, {}],
    ['no number', { retryAfterMs: Number.NaN }, {}],
  ])('%s', (_, said, headers) => {
    expect(retryAfterHeaders(said)).toStrictEqual(headers);
  });
});
