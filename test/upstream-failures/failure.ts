import { answerJson, answerText, type UpstreamScript } from '../support/scripted-upstream.js';

/** A failure of an upstream, and the error that the Bedrock client gets for it. */
export interface Failure {
  readonly name: string;
  readonly script: UpstreamScript;
  /** The number of calls that the upstream gets; default one. */
  readonly requests?: number;
  readonly status: number;
  readonly errorType: string;
  /** The whole message. */
  readonly message: string;
  /** Members of the body besides the message; with any of them the model is named, too. */
  readonly fields?: Record<string, unknown>;
  /** Headers of the answer; null means that the header must be absent. */
  readonly headers?: Record<string, unknown>;
}

export const UNEXPECTED =
  'The system encountered an unexpected error during processing. Try your request again.';
const REFUSED = 'The model returned the following errors:';
const BUSY = 'Bedrock is unable to process your request.';
const THROTTLED = 'Too many requests, please wait before trying again.';
const QUOTA = 'The quota of the model provider is used up.';
const TOO_LONG = 'Input is too long for requested model.';
const UNKNOWN_MODEL = 'Could not resolve the foundation model from the provided model identifier.';
const NO_ACCESS = "You don't have access to the model with the specified model ID.";
const NOT_READY = 'The model is not ready for inference requests yet.';
const TIMED_OUT = 'The request took too long to process. Processing time exceeded the model timeout length.';

type Row = readonly [name: string, script: UpstreamScript, ...answer: Answer];
type Answer = readonly [status: number, errorType: string, message: string];

export function failures(rows: readonly Row[], more: Partial<Failure> = {}): Failure[] {
  return rows.map(([name, script, status, errorType, message]) => {
    return { name, script, status, errorType, message, ...more };
  });
}

/** A body in OpenAI's format. */
export function error(
  status: number,
  message: string,
  details: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): UpstreamScript {
  const body = { error: { message, type: 'invalid_request_error', param: null, code: null, ...details } };
  return answerJson(body, status, headers);
}

export function page(status: number): UpstreamScript {
  const html = '<!DOCTYPE html><html><body>nginx at http://10.0.0.7:8000 has no upstream</body></html>';
  return answerText(html, status, 'text/html');
}

export const internal = (more = ''): Answer => [500, 'InternalServerException', `${UNEXPECTED}${more}`];
export const invalid = (text: string): Answer => [400, 'ValidationException', `${REFUSED} ${text}`];
export const tooLong = (text: string): Answer => [400, 'ValidationException', `${TOO_LONG} ${text}`];
export const busy = (text: string): Answer => [503, 'ServiceUnavailableException', `${BUSY} ${text}`.trim()];
export const throttled = (text: string): Answer => [429, 'ThrottlingException', `${THROTTLED} ${text}`];
export const overQuota = (text: string): Answer => [400, 'ServiceQuotaExceededException', `${QUOTA} ${text}`];
export const unknownModel = (text: string): Answer => [
  404,
  'ResourceNotFoundException',
  `${UNKNOWN_MODEL} ${text}`,
];
export const noAccess = (text: string): Answer => [403, 'AccessDeniedException', `${NO_ACCESS} ${text}`];
export const notReady: Answer = [429, 'ModelNotReadyException', NOT_READY];
export const timedOut: Answer = [408, 'ModelTimeoutException', TIMED_OUT];
export const modelError = (text: string): Answer => [424, 'ModelErrorException', text];
export const failed = (text: string): Answer => modelError(`${REFUSED} ${text}`);
export const unparsable: Answer = modelError('The model returned an unparsable response.');
