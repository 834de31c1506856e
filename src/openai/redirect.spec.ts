import { isRedirect, redirectToUpstreamError } from './redirect.js';

const URL_OF_CALL = new URL('http://models.example:8000/v1/chat/completions?api-version=1');
const NOT_FOLLOWED = 'a redirect, which is not followed';

describe('redirectToUpstreamError has the message', () => {
  it.each([
    ['https://models.example/v1/chat/completions', ': the base URL should be https://models.example/v1'],
    ['/v2/chat/completions?api-version=1', ': the base URL should be http://models.example:8000/v2'],
    ['https://a.example/chat/completions', ': the base URL should be https://a.example'],
    ['//a.example/v1/chat/completions#x', ': the base URL should be http://a.example/v1'],
    [
      'https://user:secret@a.example/v1/chat/completions?key=secret',
      ': the base URL should be https://a.example/v1',
    ],
    ['https://login.example/t/secret?next=secret', ': to https://login.example'],
    [`https://a.example/${'s3cret'.repeat(6)}/chat/completions`, ': to https://a.example'],
    ['https://a.example/v1/chat/completions/', ': to https://a.example'],
    ['javascript:secret', ''],
    ['http://', ''],
    ['?key=secret', ': the base URL should be http://models.example:8000/v1'],
    ['', ': the base URL should be http://models.example:8000/v1'],
    [null, ''],
  ])('of %j', (location, text) => {
    const { failure, status, message } = redirectToUpstreamError(307, location, URL_OF_CALL);
    expect({ failure, status, message }).toEqual({
      failure: 'status',
      status: 307,
      message: NOT_FOLLOWED + text,
    });
  });
});

describe('isRedirect', () => {
  it.each([301, 302, 303, 307, 308])('%d is a redirect', (status) => expect(isRedirect(status)).toBe(true));
  it.each([100, 200, 300, 304, 305, 400])('%d is not a redirect', (status) =>
    expect(isRedirect(status)).toBe(false),
  );
});
