import {
  BedrockException,
  type BedrockExceptionName,
  type BedrockExceptionOptions,
} from '../bedrock/bedrock.exception.js';
import type { UpstreamError, UpstreamFailure } from '../openai/upstream.error.js';
import { retryAfterHeaders } from './retry-after.js';
import { type StatedCause, statedCause } from './upstream-cause.js';
import { sanitizedMessage } from './sanitize-upstream-text.js';

const UNEXPECTED = 'The system encountered an unexpected error during processing. Try your request again.';
const TIMED_OUT = 'The request took too long to process. Processing time exceeded the model timeout length.';
const UNAVAILABLE = 'Bedrock is unable to process your request.';
const THROTTLED = 'Too many requests, please wait before trying again.';
const INTERRUPTED = 'An error occurred while streaming the response. Retry your request.';
const REFUSED = 'The model returned the following errors:';

/** An exception, the start of its message, and whether the upstream's sanitized message follows. */
interface Row {
  readonly name: BedrockExceptionName;
  readonly message: string;
  readonly quotesUpstream?: boolean;
}

const INTERNAL: Row = { name: 'InternalServerException', message: UNEXPECTED };
const TIMEOUT: Row = { name: 'ModelTimeoutException', message: TIMED_OUT };
const INVALID: Row = { name: 'ValidationException', message: REFUSED, quotesUpstream: true };
const BUSY: Row = { name: 'ServiceUnavailableException', message: UNAVAILABLE, quotesUpstream: true };
const THROTTLING: Row = { name: 'ThrottlingException', message: THROTTLED, quotesUpstream: true };
const REDIRECTED: Row = { ...INTERNAL, message: `${UNEXPECTED} The upstream redirects to another address.` };
const QUOTA: Row = {
  name: 'ServiceQuotaExceededException',
  message: 'The quota of the model provider is used up.',
  quotesUpstream: true,
};

/** Failures without an answer of the upstream. The client sees nothing of their own text. */
const FAILURES = {
  connect: { ...INTERNAL, message: `${UNEXPECTED} The upstream could not be reached.` },
  reset: { ...INTERNAL, message: `${UNEXPECTED} The upstream broke the connection.` },
  timeout: TIMEOUT,
  unusable: { name: 'ModelErrorException', message: 'The model returned an unparsable response.' },
  aborted: { name: 'ServiceUnavailableException', message: UNAVAILABLE },
} as const satisfies Record<Exclude<UpstreamFailure, 'status'>, Row>;

/** Causes that the upstream states. Agents trim their history when they read the message of `contextOverflow`. */
const CAUSES = {
  contextOverflow: {
    name: 'ValidationException',
    message: 'Input is too long for requested model.',
    quotesUpstream: true,
  },
  contentRefusal: INVALID,
  quota: QUOTA,
  loading: { name: 'ModelNotReadyException', message: 'The model is not ready for inference requests yet.' },
  rateLimit: THROTTLING,
  overload: BUSY,
  brokenToolCall: { name: 'ModelErrorException', message: 'The model returned a malformed tool call.' },
  unknownModel: {
    name: 'ResourceNotFoundException',
    message: 'Could not resolve the foundation model from the provided model identifier.',
    quotesUpstream: true,
  },
} as const satisfies Record<StatedCause, Row>;

/**
 * Used when only the status tells. Redirects and 101 are not followed. 401 concerns the proxy's own key, and a 404 that
 * names no model concerns the proxy's base URL.
 */
const STATUSES: ReadonlyMap<number, Row> = new Map([
  [101, { ...INTERNAL, message: `${UNEXPECTED} The upstream switches to another protocol.` }],
  [301, REDIRECTED],
  [302, REDIRECTED],
  [303, REDIRECTED],
  [307, REDIRECTED],
  [308, REDIRECTED],
  [
    401,
    { ...INTERNAL, message: 'The system encountered an unexpected error: upstream authentication failed.' },
  ],
  [402, QUOTA],
  [
    403,
    {
      name: 'AccessDeniedException',
      message: "You don't have access to the model with the specified model ID.",
      quotesUpstream: true,
    },
  ],
  [404, { ...INTERNAL, message: `${UNEXPECTED} The upstream does not know this path.` }],
  [405, INTERNAL],
  [407, INTERNAL],
  [408, TIMEOUT],
  [409, BUSY],
  [415, INTERNAL],
  [423, BUSY],
  [424, { name: 'ModelErrorException', message: REFUSED, quotesUpstream: true }],
  [425, BUSY],
  [429, THROTTLING],
  [498, BUSY],
  [499, TIMEOUT],
  [503, BUSY],
  [529, BUSY],
]);

/** Exceptions that clients retry, so they carry the upstream's Retry-After. */
const RETRIED: ReadonlySet<BedrockExceptionName> = new Set<BedrockExceptionName>([
  'ThrottlingException',
  'ModelNotReadyException',
  'ServiceUnavailableException',
]);

/** Exceptions with a member in the stream's union. All others become ModelStreamErrorException. */
const STREAM_NAMES: ReadonlyMap<BedrockExceptionName, BedrockExceptionName> = new Map<
  BedrockExceptionName,
  BedrockExceptionName
>([
  ['ModelNotReadyException', 'ServiceUnavailableException'],
  ['ServiceUnavailableException', 'ServiceUnavailableException'],
  ['ThrottlingException', 'ThrottlingException'],
  ['ValidationException', 'ValidationException'],
]);

/**
 * A failed upstream call → the exception that Bedrock would raise, sanitized for the client. `modelId` is the id that the
 * client requested.
 */
export function upstreamErrorToException(error: UpstreamError, modelId?: string): BedrockException {
  // the proxy itself aborted the call, e.g. because the answer exceeded its memory budget: its own exception is the reason
  if (error.failure === 'aborted' && error.cause instanceof BedrockException) return error.cause;
  const row = rowOf(error);
  return new BedrockException(row.name, messageOf(row, error), optionsOf(row.name, error, modelId));
}

/**
 * A call that failed after its first event → the exception that ends the stream: one of the five in the stream's union.
 * @param hasTimeouts the union has a sixth, `ModelTimeoutException`
 */
export function upstreamErrorToStreamException(error: UpstreamError, hasTimeouts = false): BedrockException {
  const exception = upstreamErrorToException(error);
  if (hasTimeouts && exception.name === 'ModelTimeoutException') return exception;
  const name = STREAM_NAMES.get(exception.name);
  if (name !== undefined) return new BedrockException(name, exception.message, { cause: error });
  const text = error.failure === 'status' ? sanitizedMessage(error) : '';
  const originalStatusCode = statusCode(error.status) ?? 500;
  const fields = { originalStatusCode, ...(text !== '' && { originalMessage: text }) };
  return new BedrockException('ModelStreamErrorException', INTERRUPTED, { cause: error, fields });
}

/** Whether the upstream's content policy refused the prompt. Bedrock answers that with a response, not an error. */
export function isContentRefusal(error: UpstreamError): boolean {
  return error.failure === 'status' && statedCause(error) === 'contentRefusal';
}

/** The start of the row's message, and the upstream's message if it sent one. */
function messageOf({ message, quotesUpstream }: Row, error: UpstreamError): string {
  const upstreamMessage = quotesUpstream ? sanitizedMessage(error) : '';
  if (upstreamMessage !== '') return `${message} ${upstreamMessage}`;
  return message === REFUSED ? messageWithoutText(error) : message;
}

function messageWithoutText({ status }: UpstreamError): string {
  return `The model returned ${status === undefined ? 'an error' : `status ${status}`} without a message.`;
}

function rowOf(error: UpstreamError): Row {
  if (error.failure !== 'status') return FAILURES[error.failure];
  const cause = statedCause(error);
  if (cause !== undefined) return CAUSES[cause];
  return error.refusesRequest ? INVALID : rowOfStatus(error.status);
}

/** Errors without a status come from a model that stopped with an error. */
function rowOfStatus(status: number | undefined): Row {
  if (status === undefined) return { name: 'ModelErrorException', message: REFUSED, quotesUpstream: true };
  const refused = status >= 400 && status < 500;
  return STATUSES.get(status) ?? (refused ? INVALID : INTERNAL);
}

function optionsOf(
  name: BedrockExceptionName,
  error: UpstreamError,
  modelId: string | undefined,
): BedrockExceptionOptions {
  if (RETRIED.has(name)) return { cause: error, headers: retryAfterHeaders(error) };
  if (name !== 'ModelErrorException') return { cause: error };
  const answered = error.failure === 'unusable' ? 200 : 500;
  const originalStatusCode = statusCode(error.status) ?? answered;
  const fields = { originalStatusCode, ...(modelId !== undefined && { resourceName: modelId }) };
  return { cause: error, fields };
}

/** The status if it is within Bedrock's bounds of originalStatusCode. */
function statusCode(status: number | undefined): number | undefined {
  return Number.isInteger(status) && status !== undefined && status >= 100 && status <= 599
    ? status
    : undefined;
}
