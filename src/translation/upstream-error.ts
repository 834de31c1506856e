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
const BROKEN_OFF = 'An error occurred while streaming the response. Retry your request.';
const REFUSED = 'The model returned the following errors:';

/** An exception, how its message begins, and whether the upstream's own text follows. */
interface Row {
  readonly name: BedrockExceptionName;
  readonly message: string;
  readonly quotes?: boolean;
}

const INTERNAL: Row = { name: 'InternalServerException', message: UNEXPECTED };
const TIMEOUT: Row = { name: 'ModelTimeoutException', message: TIMED_OUT };
const INVALID: Row = { name: 'ValidationException', message: REFUSED, quotes: true };
const BUSY: Row = { name: 'ServiceUnavailableException', message: UNAVAILABLE, quotes: true };
const THROTTLING: Row = { name: 'ThrottlingException', message: THROTTLED, quotes: true };
const REDIRECTED: Row = { ...INTERNAL, message: `${UNEXPECTED} The upstream redirects to another address.` };
const QUOTA: Row = {
  name: 'ServiceQuotaExceededException',
  message: 'The quota of the model provider is used up.',
  quotes: true,
};

/** Failures that are no answer: nothing of their text is for the client. */
const FAILURES = {
  connect: { ...INTERNAL, message: `${UNEXPECTED} The upstream could not be reached.` },
  reset: { ...INTERNAL, message: `${UNEXPECTED} The upstream broke the connection.` },
  timeout: TIMEOUT,
  unusable: { name: 'ModelErrorException', message: 'The model returned an unparsable response.' },
  aborted: { name: 'ServiceUnavailableException', message: UNAVAILABLE },
} as const satisfies Record<Exclude<UpstreamFailure, 'status'>, Row>;

/** Agents trim their history when they read the first of these messages. */
const CAUSES = {
  contextOverflow: {
    name: 'ValidationException',
    message: 'Input is too long for requested model.',
    quotes: true,
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
    quotes: true,
  },
} as const satisfies Record<StatedCause, Row>;

/** What the status alone says. Redirects and 101 are not followed. 401 is about the proxy's own key, 404 without a model about its settings. */
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
      quotes: true,
    },
  ],
  [404, { ...INTERNAL, message: `${UNEXPECTED} The upstream does not know this path.` }],
  [405, INTERNAL],
  [407, INTERNAL],
  [408, TIMEOUT],
  [409, BUSY],
  [415, INTERNAL],
  [423, BUSY],
  [424, { name: 'ModelErrorException', message: REFUSED, quotes: true }],
  [425, BUSY],
  [429, THROTTLING],
  [498, BUSY],
  [499, TIMEOUT],
  [503, BUSY],
  [529, BUSY],
]);

/** A retry is what these ask for, so they say when. */
const RETRIED: ReadonlySet<BedrockExceptionName> = new Set<BedrockExceptionName>([
  'ThrottlingException',
  'ModelNotReadyException',
  'ServiceUnavailableException',
]);

/** The exceptions that a stream can hold as they are; the rest become ModelStreamErrorException. */
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
 * A failed upstream call → the exception that Bedrock would raise, with nothing in it that is not for the client.
 * `modelId` is the one that the client asked for.
 */
export function upstreamErrorToException(error: UpstreamError, modelId?: string): BedrockException {
  // the proxy itself had no room for the answer, and says so as it does everywhere
  if (error.failure === 'aborted' && error.cause instanceof BedrockException) return error.cause;
  const row = rowOf(error);
  return new BedrockException(row.name, messageOf(row, error), optionsOf(row.name, error, modelId));
}

/**
 * A call that failed after its first event → the exception that ends the stream, one of the five that a stream can
 * hold.
 */
export function upstreamErrorToStreamException(error: UpstreamError): BedrockException {
  const exception = upstreamErrorToException(error);
  const name = STREAM_NAMES.get(exception.name);
  if (name !== undefined) return new BedrockException(name, exception.message, { cause: error });
  const text = error.failure === 'status' ? sanitizedMessage(error) : '';
  const originalStatusCode = statusCode(error.status) ?? 500;
  const fields = { originalStatusCode, ...(text !== '' && { originalMessage: text }) };
  return new BedrockException('ModelStreamErrorException', BROKEN_OFF, { cause: error, fields });
}

/** Whether the upstream's content policy refused the prompt, which is an answer and no failure. */
export function isContentRefusal(error: UpstreamError): boolean {
  return error.failure === 'status' && statedCause(error) === 'contentRefusal';
}

/** What ends with a colon needs words after it, and some upstreams give none. */
function messageOf({ message, quotes }: Row, error: UpstreamError): string {
  const words = quotes ? sanitizedMessage(error) : '';
  if (words !== '') return `${message} ${words}`;
  return message === REFUSED ? silence(error) : message;
}

function silence({ status }: UpstreamError): string {
  return `The model returned ${status === undefined ? 'an error' : `status ${status}`} without a message.`;
}

function rowOf(error: UpstreamError): Row {
  if (error.failure !== 'status') return FAILURES[error.failure];
  const cause = statedCause(error);
  if (cause !== undefined) return CAUSES[cause];
  return error.refusesRequest ? INVALID : rowOfStatus(error.status);
}

/** Without a status, the model itself stopped with an error. */
function rowOfStatus(status: number | undefined): Row {
  if (status === undefined) return { name: 'ModelErrorException', message: REFUSED, quotes: true };
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

/** Bedrock's bounds of originalStatusCode. */
function statusCode(status: number | undefined): number | undefined {
  return Number.isInteger(status) && status !== undefined && status >= 100 && status <= 599
    ? status
    : undefined;
}
