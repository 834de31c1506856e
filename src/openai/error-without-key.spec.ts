import { errorWithoutKey } from './error-without-key.js';
import { UpstreamError } from './upstream.error.js';

const KEY = 'sk-Up5tream/Key+With~every_sign=';
const upstream = { apiKey: KEY };
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('errorWithoutKey', () => {
  const details = {
    status: 429,
    retryAfter: '2',
    retryAfterMs: 2_000,
    refusesRequest: true,
    reason: 'why',
    cause: 'cause',
  };

  it('returns an error of the same kind with the key redacted in all its texts', () => {
    const said = new UpstreamError('status', `${KEY} is wrong`, {
      ...details,
      code: base64(KEY),
      type: encodeURIComponent(KEY),
      param: `a.${KEY}`,
    });
    expect(errorWithoutKey(said, upstream)).toStrictEqual(
      new UpstreamError('status', '[redacted] is wrong', {
        ...details,
        code: '[redacted]',
        type: '[redacted]',
        param: 'a.[redacted]',
      }),
    );
  });

  it.each([new UpstreamError('status', 'is wrong', details), new TypeError(KEY), KEY])(
    'returns %p itself if there is nothing to redact',
    (error) => {
      expect(errorWithoutKey(error, upstream)).toBe(error);
    },
  );
});
