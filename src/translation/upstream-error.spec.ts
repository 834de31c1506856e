import { UpstreamError, type UpstreamErrorDetails, type UpstreamFailure } from '../openai/upstream.error.js';
import { upstreamErrorToException, upstreamErrorToStreamException } from './upstream-error.js';

function status(
  code: number | undefined,
  message = 'Oops.',
  details: UpstreamErrorDetails = {},
): UpstreamError {
  return new UpstreamError('status', message, { status: code, ...details });
}

const UNEXPECTED = 'The system encountered an unexpected error during processing. Try your request again.';
const TOO_MANY = 'Too many requests, please wait before trying again.';

describe('status of the upstream → exception', () => {
  it.each<[number | undefined, string, string, string]>([
    [
      101,
      'InternalServerException',
      `${UNEXPECTED} The upstream switches to another protocol.`,
      'modelStreamError',
    ],
    [300, 'InternalServerException', UNEXPECTED, 'modelStreamError'],
    [
      301,
      'InternalServerException',
      `${UNEXPECTED} The upstream redirects to another address.`,
      'modelStreamError',
    ],
    [400, 'ValidationException', 'The model returned the following errors: Oops.', 'validation'],
    [
      401,
      'InternalServerException',
      'The system encountered an unexpected error: upstream authentication failed.',
      'modelStreamError',
    ],
    [
      402,
      'ServiceQuotaExceededException',
      'The quota of the model provider is used up. Oops.',
      'modelStreamError',
    ],
    [
      403,
      'AccessDeniedException',
      "You don't have access to the model with the specified model ID. Oops.",
      'modelStreamError',
    ],
    [
      404,
      'InternalServerException',
      `${UNEXPECTED} The upstream does not know this path.`,
      'modelStreamError',
    ],
    [405, 'InternalServerException', UNEXPECTED, 'modelStreamError'],
    [407, 'InternalServerException', UNEXPECTED, 'modelStreamError'],
    [
      408,
      'ModelTimeoutException',
      'The request took too long to process. Processing time exceeded the model timeout length.',
      'modelStreamError',
    ],
    [
      409,
      'ServiceUnavailableException',
      'Bedrock is unable to process your request. Oops.',
      'serviceUnavailable',
    ],
    [413, 'ValidationException', 'The model returned the following errors: Oops.', 'validation'],
    [415, 'InternalServerException', UNEXPECTED, 'modelStreamError'],
    [418, 'ValidationException', 'The model returned the following errors: Oops.', 'validation'],
    [422, 'ValidationException', 'The model returned the following errors: Oops.', 'validation'],
    [
      423,
      'ServiceUnavailableException',
      'Bedrock is unable to process your request. Oops.',
      'serviceUnavailable',
    ],
    [424, 'ModelErrorException', 'The model returned the following errors: Oops.', 'modelStreamError'],
    [
      425,
      'ServiceUnavailableException',
      'Bedrock is unable to process your request. Oops.',
      'serviceUnavailable',
    ],
    [429, 'ThrottlingException', `${TOO_MANY} Oops.`, 'throttling'],
    [
      498,
      'ServiceUnavailableException',
      'Bedrock is unable to process your request. Oops.',
      'serviceUnavailable',
    ],
    [
      499,
      'ModelTimeoutException',
      'The request took too long to process. Processing time exceeded the model timeout length.',
      'modelStreamError',
    ],
    [500, 'InternalServerException', UNEXPECTED, 'modelStreamError'],
    [501, 'InternalServerException', UNEXPECTED, 'modelStreamError'],
    [502, 'InternalServerException', UNEXPECTED, 'modelStreamError'],
    [
      503,
      'ServiceUnavailableException',
      'Bedrock is unable to process your request. Oops.',
      'serviceUnavailable',
    ],
    [504, 'InternalServerException', UNEXPECTED, 'modelStreamError'],
    [520, 'InternalServerException', UNEXPECTED, 'modelStreamError'],
    [
      529,
      'ServiceUnavailableException',
      'Bedrock is unable to process your request. Oops.',
      'serviceUnavailable',
    ],
    [undefined, 'ModelErrorException', 'The model returned the following errors: Oops.', 'modelStreamError'],
  ])('%s', (code, name, message, streamed) => {
    const exception = upstreamErrorToException(status(code));
    expect(exception).toMatchObject({ name, message, headers: {} });
    const frame = upstreamErrorToStreamException(status(code));
    expect(frame.name.toLowerCase()).toBe(`${streamed}exception`.toLowerCase());
  });
});

describe('a call without an answer → exception', () => {
  it.each<[UpstreamFailure, string, number]>([
    ['connect', 'InternalServerException', 500],
    ['reset', 'InternalServerException', 500],
    ['timeout', 'ModelTimeoutException', 408],
    ['unusable', 'ModelErrorException', 424],
  ])('%s', (failure, name, code) => {
    const error = new UpstreamError(failure, 'secret.example.com:8000 said sk-secret');
    const exception = upstreamErrorToException(error);
    expect(exception).toMatchObject({ name, status: code, cause: error });
    expect(exception.message).not.toContain('secret');
    const frame = upstreamErrorToStreamException(error);
    expect(frame).toMatchObject({ name: 'ModelStreamErrorException', fields: { originalStatusCode: 500 } });
    expect(JSON.stringify([frame.message, frame.fields])).not.toContain('secret');
  });

  it('has the same message in answers and in streams when the proxy shuts down', () => {
    const error = new UpstreamError('aborted', 'the client left');
    const expected = {
      name: 'ServiceUnavailableException',
      message: 'Bedrock is unable to process your request.',
    };
    expect(upstreamErrorToException(error)).toMatchObject({ ...expected, status: 503 });
    expect(upstreamErrorToStreamException(error)).toMatchObject({ ...expected, fields: {} });
  });
});

describe('headers and fields of the exception', () => {
  it.each<[number, string, object]>([
    [429, 'x', { 'retry-after': '2', 'x-amz-retry-after': '2000' }],
    [503, 'x', { 'retry-after': '2', 'x-amz-retry-after': '2000' }],
    [503, 'Loading model', { 'retry-after': '2', 'x-amz-retry-after': '2000' }],
    [500, 'x', {}],
    [400, 'x', {}],
  ])('%d %s: retry-after', (code, message, headers) => {
    const error = status(code, message, { retryAfter: '2', retryAfterMs: 2_000 });
    expect(upstreamErrorToException(error).headers).toStrictEqual(headers);
  });

  it.each<[string, UpstreamError, string | undefined, object]>([
    ['a failed dependency', status(424), 'm', { originalStatusCode: 424, resourceName: 'm' }],
    ['a broken call', status(400, 'x', { code: 'tool_use_failed' }), undefined, { originalStatusCode: 400 }],
    ['a model that broke off', status(undefined), undefined, { originalStatusCode: 500 }],
    ['no answer in a 200', new UpstreamError('unusable', 'x'), undefined, { originalStatusCode: 200 }],
    [
      'a status that is none',
      status(424, 'x', { status: 9_999, code: 'tool_use_failed' }),
      undefined,
      { originalStatusCode: 500 },
    ],
    ['what is not the model', status(400), 'm', {}],
  ])('%s: fields', (_, error, modelId, fields) => {
    expect(upstreamErrorToException(error, modelId).fields).toStrictEqual(fields);
  });

  it.each<[UpstreamError, object]>([
    [
      status(500, 'It broke at http://10.0.0.1/'),
      { originalStatusCode: 500, originalMessage: 'It broke at [redacted]' },
    ],
    [status(502, '<html></html>'), { originalStatusCode: 502 }],
    [status(undefined, ''), { originalStatusCode: 500 }],
    [status(429), {}],
  ])('in a stream: %#', (error, fields) => {
    expect(upstreamErrorToStreamException(error).fields).toStrictEqual(fields);
  });

  it('contains no secret', () => {
    const text = 'Rate limit for org-abc with sk-abc at https://api.example.com/v1';
    expect(upstreamErrorToException(status(429, text)).message).toBe(
      `${TOO_MANY} Rate limit for [redacted] with [redacted] at [redacted]`,
    );
  });
});
