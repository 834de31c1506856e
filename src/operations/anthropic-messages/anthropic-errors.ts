import { AuthFailure, type AuthFailureReason } from '../../auth/auth-failure.js';
import {
  type BedrockException,
  type BedrockExceptionName,
  RequestTooLargeException,
} from '../../bedrock/bedrock.exception.js';
import type { ErrorFormat } from '../../bedrock/error-format.js';

/** https://platform.claude.com/docs/en/api/errors */
type AnthropicErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'billing_error'
  | 'permission_error'
  | 'not_found_error'
  | 'request_too_large'
  | 'rate_limit_error'
  | 'timeout_error'
  | 'api_error'
  | 'overloaded_error';

interface Row {
  readonly status: number;
  readonly type: AnthropicErrorType;
  /** The SDKs repeat every status of at least 500, so a failure that a repetition does not cure says so. */
  readonly isFinal?: boolean;
}

/** The body of an error, and the data of the event that ends a broken stream. */
export interface AnthropicErrorBody {
  readonly type: 'error';
  readonly error: { readonly type: AnthropicErrorType; readonly message: string };
}

const INVALID: Row = { status: 400, type: 'invalid_request_error' };
const UNAUTHENTICATED: Row = { status: 401, type: 'authentication_error' };
const FORBIDDEN: Row = { status: 403, type: 'permission_error' };
const NOT_FOUND: Row = { status: 404, type: 'not_found_error' };
const TOO_LARGE: Row = { status: 413, type: 'request_too_large' };
const OVERLOADED: Row = { status: 529, type: 'overloaded_error' };
const MODEL_FAILED: Row = { status: 500, type: 'api_error', isFinal: true };

const ROWS: Readonly<Record<BedrockExceptionName, Row>> = {
  AccessDeniedException: FORBIDDEN,
  ExpiredTokenException: UNAUTHENTICATED,
  IncompleteSignatureException: UNAUTHENTICATED,
  InternalServerException: { status: 500, type: 'api_error' },
  InvalidSignatureException: UNAUTHENTICATED,
  ModelErrorException: MODEL_FAILED,
  ModelNotReadyException: OVERLOADED,
  ModelStreamErrorException: MODEL_FAILED,
  ModelTimeoutException: { status: 504, type: 'timeout_error', isFinal: true },
  ResourceNotFoundException: NOT_FOUND,
  ServiceQuotaExceededException: { status: 402, type: 'billing_error' },
  ServiceUnavailableException: OVERLOADED,
  ThrottlingException: { status: 429, type: 'rate_limit_error' },
  UnknownOperationException: NOT_FOUND,
  UnrecognizedClientException: UNAUTHENTICATED,
  ValidationException: INVALID,
};

/** Refusals of clients that are known, or that need no key. Every other one is about the credentials. */
const NOT_ABOUT_CREDENTIALS: ReadonlySet<AuthFailureReason> = new Set<AuthFailureReason>([
  'model',
  'cross_site',
  'host',
]);

/** Where Anthropic's API stands: on a host of its own, and below a path of Bedrock's second endpoint. */
const DOORS = /^\/(?:anthropic\/|v1\/messages(?:[/?]|$))/;

/** Errors at Anthropic's doors: `{"type":"error","error":{type,message}}` with Anthropic's statuses. */
export const ANTHROPIC_ERRORS: ErrorFormat = {
  matches: (path) => DOORS.test(path),
  toAnswer: (exception) => {
    const { status, isFinal = false } = rowOf(exception);
    // the SDKs' own header
    const headers = isFinal ? { ...exception.headers, 'x-should-retry': 'false' } : exception.headers;
    return { status, headers, body: anthropicErrorBody(exception) };
  },
};

export function anthropicErrorBody(exception: BedrockException): AnthropicErrorBody {
  return { type: 'error', error: { type: rowOf(exception).type, message: exception.message } };
}

function rowOf(exception: BedrockException): Row {
  if (exception instanceof RequestTooLargeException) return TOO_LARGE;
  if (exception instanceof AuthFailure) {
    return NOT_ABOUT_CREDENTIALS.has(exception.reason) ? FORBIDDEN : UNAUTHENTICATED;
  }
  return ROWS[exception.name];
}
