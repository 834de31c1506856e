import { AuthFailure, type AuthFailureReason } from '../../auth/auth-failure.js';
import {
  type BedrockException,
  type BedrockExceptionName,
  ValidationException,
} from '../../bedrock/bedrock.exception.js';
import type { ErrorAnswer, ErrorFormat } from '../../bedrock/error-format.js';

/** `error.type` and `error.code` as OpenAI's API has them, and the status where it differs from Bedrock's. */
interface OpenAIError {
  readonly type: string;
  readonly code: string | null;
  readonly status?: number;
  /** OpenAI's clients repeat the statuses 408, 409, 429 and 5xx, unless a header says that it is useless. */
  readonly isFinal?: boolean;
}

const INVALID_REQUEST = 'invalid_request_error';
const SERVER = 'server_error';
const WRONG_KEY: OpenAIError = { type: INVALID_REQUEST, code: 'invalid_api_key', status: 401 };

/** https://platform.openai.com/docs/guides/error-codes/api-errors */
const ERRORS: Readonly<Record<BedrockExceptionName, OpenAIError>> = {
  AccessDeniedException: { type: INVALID_REQUEST, code: 'permission_denied' },
  ExpiredTokenException: WRONG_KEY,
  IncompleteSignatureException: WRONG_KEY,
  InternalServerException: { type: SERVER, code: null },
  InvalidSignatureException: WRONG_KEY,
  ModelErrorException: { type: SERVER, code: 'model_error' },
  ModelNotReadyException: { type: SERVER, code: 'model_not_ready' },
  ModelStreamErrorException: { type: SERVER, code: 'model_error' },
  ModelTimeoutException: { type: SERVER, code: 'timeout', isFinal: true },
  ResourceNotFoundException: { type: INVALID_REQUEST, code: 'model_not_found' },
  ServiceQuotaExceededException: {
    type: 'insufficient_quota',
    code: 'insufficient_quota',
    status: 429,
    isFinal: true,
  },
  ServiceUnavailableException: { type: 'service_unavailable_error', code: 'server_is_overloaded' },
  ThrottlingException: { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  UnknownOperationException: { type: INVALID_REQUEST, code: 'unknown_url' },
  UnrecognizedClientException: WRONG_KEY,
  ValidationException: { type: INVALID_REQUEST, code: null },
};

/** Failures of a key that exists or that is missing, for which Bedrock has one exception with refused permissions. */
const KEY_FAILURES: ReadonlySet<AuthFailureReason> = new Set<AuthFailureReason>(['missing', 'bearer_key']);

/** The message that says that the prompt is too long begins like this (`translation/upstream-error.ts`). */
const CONTEXT_OVERFLOW = /^Input is too long/;

/** The root is shared with Anthropic's API. */
const OPENAI_PATH = /^\/(?:openai\/v1|v1\/(?:chat|models|responses))(?:[/?]|$)/;

/** Errors of OpenAI's API: `{"error":{"message","type","param","code"}}`. */
export const OPENAI_ERRORS: ErrorFormat = {
  matches: (path) => OPENAI_PATH.test(path),
  toAnswer: (exception): ErrorAnswer => {
    const { status = exception.status, isFinal = false } = openAIErrorOf(exception);
    const headers = isFinal ? { ...exception.headers, 'x-should-retry': 'false' } : exception.headers;
    return { status, headers, body: toOpenAIErrorBody(exception) };
  },
};

/** The body of an error answer, and the data of an error in a stream. */
export function toOpenAIErrorBody(exception: BedrockException): object {
  const { message, fields } = exception;
  const words = [message, fields['originalMessage']].filter((text) => typeof text === 'string');
  const { type, code } = openAIErrorOf(exception);
  const param = exception instanceof ValidationException ? (exception.path ?? null) : null;
  return { error: { message: words.join(' '), type, param, code } };
}

function openAIErrorOf(exception: BedrockException): OpenAIError {
  if (exception instanceof AuthFailure && KEY_FAILURES.has(exception.reason)) return WRONG_KEY;
  const error = ERRORS[exception.name];
  const isOverflow = exception.name === 'ValidationException' && CONTEXT_OVERFLOW.test(exception.message);
  return isOverflow ? { ...error, code: 'context_length_exceeded' } : error;
}
