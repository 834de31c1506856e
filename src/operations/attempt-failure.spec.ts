import { redirectToUpstreamError } from '../openai/redirect.js';
import { UpstreamError } from '../openai/upstream.error.js';
import { errorToAttemptFailure } from './attempt-failure.js';

const status = (code: number, details: { code?: string } = {}) =>
  new UpstreamError('status', 'what the upstream says', { status: code, ...details });

describe('errorToCallFailure', () => {
  it.each([
    [400, 'refused'],
    [403, 'refused'],
    [422, 'refused'],
    [429, 'throttled'],
    [401, 'error'],
    [402, 'error'],
    [500, 'error'],
    [503, 'error'],
  ] as const)('takes status %i for %s, and tells nothing of what was said', (code, outcome) => {
    expect(errorToAttemptFailure(status(code), 'm')).toEqual({ outcome, status: code });
  });

  it.each([
    ['rate_limit_exceeded', 'rate_limit_exceeded'],
    ['a sentence', undefined],
    ['x'.repeat(65), undefined],
  ])('tells the code %s: %s', (code, told) => {
    expect(errorToAttemptFailure(status(429, { code }), 'm')).toEqual({
      outcome: 'throttled',
      status: 429,
      ...(told !== undefined && { code: told }),
    });
  });

  it('tells where a redirect points, which are the proxy’s own words', () => {
    const error = redirectToUpstreamError(308, '/v2/chat/completions', new URL('http://a.example/v1'));
    expect(errorToAttemptFailure(error, 'm')).toEqual({
      outcome: 'error',
      status: 308,
      message: 'a redirect, which is not followed: the base URL should be http://a.example/v2',
    });
    expect(errorToAttemptFailure(status(304), 'm')).toEqual({ outcome: 'error', status: 304 });
  });

  it.each(['connect', 'reset', 'timeout'] as const)(
    'tells the text of %s, which is not the upstream’s',
    (outcome) => {
      const error = new UpstreamError(outcome, 'what Node says', { code: 'ECONNREFUSED' });
      expect(errorToAttemptFailure(error, 'm')).toEqual({
        outcome,
        code: 'ECONNREFUSED',
        message: 'what Node says',
      });
    },
  );

  it.each(['unusable', 'aborted'] as const)('tells nothing of %s', (outcome) => {
    expect(errorToAttemptFailure(new UpstreamError(outcome, 'an excerpt'), 'm')).toEqual({ outcome });
  });

  it("records an exception in the proxy's own code as an error", () => {
    expect(errorToAttemptFailure(new TypeError('a bug'), 'm')).toEqual({ outcome: 'error' });
  });
});
