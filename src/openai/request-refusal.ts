import type { DialectName } from '../config/dialect-names.js';
import { UpstreamError } from './upstream.error.js';

/**
 * Messages of llama.cpp's 500 where other servers send 400: media that the model does not support or that cannot be
 * read, unknown parts and tools, grammars that cannot be built, and requests that the chat template refuses.
 */
const LLAMA_CPP: readonly RegExp[] = [
  /\b(?:image|audio|video) input is not supported\b/i,
  /^failed to load (?:image|audio|video)\b/i,
  /\bunsupported content part type\b/i,
  /\bunsupported content\[\]\.type\b/i,
  /^failed to parse (?:messages|tools|tool_choice|grammar)\b/i,
  /^invalid tool_choice\b/i,
  /^tools param requires --jinja\b/i,
  /^cannot use custom grammar constraints with tools\b/i,
  /^either "?json_schema"? or "?grammar"? can be specified\b/i,
  /^json schema conversion failed\b/i,
  /\bconversation roles must alternate\b/i,
  /\bsystem message must be at the beginning\b/i,
];

/** Ollama runs the same engine, and adds a message of its own. */
const OLLAMA: readonly RegExp[] = [...LLAMA_CPP, /\bmissing data required for image input\b/i];

/** LiteLLM fetches images itself, and passes on the 500 of the server behind it. */
const LITELLM: readonly RegExp[] = [...OLLAMA, /\bunable to fetch image from url\b/i];

/** Servers that are known to refuse a request with 500. `generic` may be any of them. */
const REFUSALS: Partial<Record<DialectName, readonly RegExp[]>> = {
  generic: OLLAMA,
  llamacpp: LLAMA_CPP,
  lmstudio: LLAMA_CPP,
  ollama: OLLAMA,
  litellm: LITELLM,
};

/** Names of exceptions that gateways put before the message. */
const WRAPPERS = /^(?:[\w.]{1,80}(?:Error|Exception)(?::| -)\s+){1,8}/;
const MAX_MESSAGE_LENGTH = 1_000;

/** An error → the same error, marked with `refusesRequest` if it is a 500 that refuses the request. */
export function markRefusal(error: unknown, dialect: DialectName): unknown {
  if (!(error instanceof UpstreamError) || !refusesRequest(error, dialect)) return error;
  const { failure, message, status, code, type, param, cause } = error;
  return new UpstreamError(failure, message, { status, code, type, param, cause, refusesRequest: true });
}

/** Whether a 500 of this kind of server has a message that says that the request is at fault. */
export function refusesRequest({ failure, status, message }: UpstreamError, dialect: DialectName): boolean {
  if (failure !== 'status' || status !== 500) return false;
  const text = message.slice(0, MAX_MESSAGE_LENGTH).replace(WRAPPERS, '');
  return REFUSALS[dialect]?.some((refusal) => refusal.test(text)) ?? false;
}
