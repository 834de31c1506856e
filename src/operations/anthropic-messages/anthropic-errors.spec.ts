import { missingAuthorization, modelNotAllowed, wrongBearerKey } from '../../auth/auth-failure.js';
import {
  BedrockException,
  type BedrockExceptionName,
  RequestTooLargeException,
  ValidationException,
} from '../../bedrock/bedrock.exception.js';
import { ANTHROPIC_ERRORS } from './anthropic-errors.js';

const { matches, toAnswer } = ANTHROPIC_ERRORS;

const named = (name: BedrockExceptionName) => new BedrockException(name, 'because');

describe('ANTHROPIC_ERRORS', () => {
  it.each<[exception: BedrockException, status: number, type: string, retried: 'as usual' | 'never']>([
    [new ValidationException('because'), 400, 'invalid_request_error', 'as usual'],
    [new RequestTooLargeException('because'), 413, 'request_too_large', 'as usual'],
    [missingAuthorization(), 401, 'authentication_error', 'as usual'],
    [wrongBearerKey(), 401, 'authentication_error', 'as usual'],
    [modelNotAllowed('app', 'a-model'), 403, 'permission_error', 'as usual'],
    [named('AccessDeniedException'), 403, 'permission_error', 'as usual'],
    [named('ResourceNotFoundException'), 404, 'not_found_error', 'as usual'],
    [named('UnknownOperationException'), 404, 'not_found_error', 'as usual'],
    [named('ServiceQuotaExceededException'), 402, 'billing_error', 'as usual'],
    [named('ThrottlingException'), 429, 'rate_limit_error', 'as usual'],
    [named('InternalServerException'), 500, 'api_error', 'as usual'],
    [named('ServiceUnavailableException'), 529, 'overloaded_error', 'as usual'],
    [named('ModelNotReadyException'), 529, 'overloaded_error', 'as usual'],
    [named('ModelErrorException'), 500, 'api_error', 'never'],
    [named('ModelTimeoutException'), 504, 'timeout_error', 'never'],
  ])('%s', (exception, status, type, retried) => {
    expect(toAnswer(exception)).toEqual({
      status,
      headers: retried === 'never' ? { 'x-should-retry': 'false' } : {},
      body: { type: 'error', error: { type, message: exception.message } },
    });
  });

  it.each(['/v1/messages', '/v1/messages?beta=true', '/v1/messages/batches', '/anthropic/v1/models'])(
    'is that of %s',
    (path) => expect(matches(path)).toBe(true),
  );

  it.each(['/v1/messagesx', '/model/anthropic.claude/invoke', '/openai/v1/chat/completions', '/v1/models'])(
    'is not that of %s',
    (path) => expect(matches(path)).toBe(false),
  );
});
