import type { DialectName } from '../config/dialect-names.js';
import { UpstreamError } from './upstream.error.js';

/**
 * What llama.cpp answers 500 to where others answer 400: media that the model cannot take or that cannot be read,
 * parts and tools that it does not know, grammars that it cannot build, and whatever the model's chat template refuses.
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

/** Ollama runs the same engine, and has words of its own. */
const OLLAMA: readonly RegExp[] = [...LLAMA_CPP, /\bmissing data required for image input\b/i];

/** LiteLLM fetches images itself, and passes on with 500 what the server behind it answers 500 to. */
const LITELLM: readonly RegExp[] = [...OLLAMA, /\bunable to fetch image from url\b/i];

/** Servers that are known to answer 500 to a request that they refuse. `generic` may be any of them. */
const REFUSALS: Partial<Record<DialectName, readonly RegExp[]>> = {
  generic: OLLAMA,
  llamacpp: LLAMA_CPP,
  lmstudio: LLAMA_CPP,
  ollama: OLLAMA,
  litellm: LITELLM,
};

/** What gateways put before the words: names of exceptions. */
const WRAPPERS = /^(?:[\w.]{1,80}(?:Error|Exception)(?::| -)\s+){1,8}/;
const MAX_READ = 1_000;

/** A failed call → the same, marked where a server of this kind refuses the request with the status of a failure. */
export function markRefusal(error: unknown, dialect: DialectName): unknown {
  if (!(error instanceof UpstreamError) || !refusesRequest(error, dialect)) return error;
  const { failure, message, status, code, type, param, cause } = error;
  return new UpstreamError(failure, message, { status, code, type, param, cause, refusesRequest: true });
}

/** Whether a server says with its words that the request is at fault, and with its status that it is itself. */
export function refusesRequest({ failure, status, message }: UpstreamError, dialect: DialectName): boolean {
  if (failure !== 'status' || status !== 500) return false;
  const words = message.slice(0, MAX_READ).replace(WRAPPERS, '');
  return REFUSALS[dialect]?.some((refusal) => refusal.test(words)) ?? false;
}
