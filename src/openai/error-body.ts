import { statusOfErrorName } from './error-status.js';
import { retryAfterOf, type HeaderLookup } from './retry-after.js';
import { UpstreamError, type UpstreamErrorDetails } from './upstream.error.js';

/** Characters of a text that is not JSON. The rest of an HTML page says nothing. */
const MAX_TEXT = 500;

const SPACE = 0x20;
/** Tab, line feed, form feed, carriage return, and the escape character of colours for terminals. */
const CONTROLS_OF_TEXT: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

/** The message of an error whose server sent none: `status 418 without a message`. */
const WITHOUT_MESSAGE = /^(?:status \d+|an error) without a message$/;

type JsonObject = Readonly<Record<string, unknown>>;

/** An error status and a body (parsed JSON, else text) → UpstreamError `status`. */
export function errorAnswerToUpstreamError(
  status: number,
  body: unknown,
  headers: HeaderLookup,
): UpstreamError {
  const { message, ...details } = describe(body);
  return new UpstreamError('status', message ?? `status ${status} without a message`, {
    ...details,
    ...retryAfterOf(headers),
    status,
  });
}

/**
 * The parsed body of a 200, or the data of one event of a stream → the error in it, or undefined.
 * The status of the error comes from its code or type; otherwise it is 500.
 */
export function errorInAnswer(body: unknown): UpstreamError | undefined {
  return isError(firstOf(body)) ? errorEventToUpstreamError(body) : undefined;
}

/** The data of an event named `error` (parsed JSON, else text) → UpstreamError `status`. */
export function errorEventToUpstreamError(body: unknown): UpstreamError {
  const { message, ...details } = describe(body);
  return new UpstreamError('status', message ?? 'an error without a message', {
    ...details,
    status: statusOf(details),
  });
}

/** Whether the server sent no message, so that the error's message is the proxy's own. */
export function isWithoutWords({ message }: UpstreamError): boolean {
  return WITHOUT_MESSAGE.test(message);
}

/** → the parsed JSON, or the text itself if it is not JSON, such as an HTML page. */
export function parseJsonOrText(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

/** → the beginning of a text that should have been JSON, for an error message. */
export function excerptOf(text: string): string {
  const excerpt = text.trim().slice(0, MAX_TEXT);
  return isText(excerpt) ? excerpt : 'binary data';
}

function isText(excerpt: string): boolean {
  for (let index = 0; index < excerpt.length; index += 1) {
    const unit = excerpt.charCodeAt(index);
    if (unit < SPACE && !CONTROLS_OF_TEXT.has(unit)) return false;
  }
  return true;
}

interface Description extends UpstreamErrorDetails {
  readonly message?: string;
}

/** Servers differ in the shape: an object in `error`, a text in `error`, the fields without it, FastAPI's `detail`, an array of one. */
function describe(body: unknown): Description {
  const content = firstOf(body);
  if (typeof content === 'string') return { message: textOf(excerptOf(content)) };
  if (!isObject(content)) return {};
  const error = content['error'];
  if (isObject(error)) return describeFields(error);
  if (textOf(error) !== undefined) return { ...describeFields(content), message: textOf(error) };
  return describeFields(content);
}

function describeFields(error: JsonObject): Description {
  const detail = firstOf(error['detail']);
  const invalid = isObject(detail) ? detail : undefined;
  return {
    message: messageOf(error) ?? textOf(invalid?.['msg']) ?? textOf(detail),
    code: wordOf(error['code']),
    // Gemini has `status: "INVALID_ARGUMENT"` in place of `type`
    type: wordOf(error['type']) ?? textOf(error['status']) ?? wordOf(invalid?.['type']),
    param: wordOf(error['param']) ?? locationOf(invalid?.['loc']),
  };
}

/** OpenRouter's message is "Provider returned error"; the provider's own message is in `metadata.raw`. */
function messageOf(error: JsonObject): string | undefined {
  const message = textOf(error['message']);
  const metadata = error['metadata'];
  const providerMessage = isObject(metadata) ? textOf(metadata['raw']) : undefined;
  if (message === undefined || providerMessage === undefined) return message;
  return `${message}: ${excerptOf(providerMessage)}`;
}

/** FastAPI's `["body", "messages", 0]` → `messages.0`. */
function locationOf(location: unknown): string | undefined {
  if (!Array.isArray(location)) return undefined;
  const path: unknown[] = location[0] === 'body' ? location.slice(1) : location;
  return textOf(path.join('.'));
}

function statusOf(details: UpstreamErrorDetails): number {
  const code = Number(details.code);
  if (Number.isInteger(code) && code >= 400 && code <= 599) return code;
  return statusOfErrorName(details.code) ?? statusOfErrorName(details.type) ?? 500;
}

/** A success may have an `error` too, which is null, empty or false. */
function isError(body: unknown): boolean {
  if (!isObject(body)) return false;
  if (body['object'] === 'error' || textOf(body['error']) !== undefined) return true;
  if (isObject(body['error']) && Object.keys(body['error']).length > 0) return true;
  return body['choices'] == null && (body['detail'] != null || textOf(body['message']) !== undefined);
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function wordOf(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : textOf(value);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
