import type { UpstreamError } from '../openai/upstream.error.js';

/** Error codes and types of a context overflow, in lower case. */
const NAMES: ReadonlySet<string> = new Set([
  'context_length_exceeded',
  'exceed_context_size_error',
  'contextwindowexceedederror',
  'model_context_window_exceeded',
]);

/** Statuses that servers use for an overflow. With other statuses the same phrases mean e.g. a quota. */
const STATUSES: ReadonlySet<number | undefined> = new Set([400, 413, 422, 500]);

/** Phrases of OpenAI, Anthropic, Gemini, Mistral, vLLM, SGLang, TGI, llama.cpp, Ollama and LM Studio, in lower case. */
const PHRASES: readonly string[] = [
  'exceed context limit',
  'maximum context length',
  "model's maximum context limit",
  "is longer than the model's context length",
  'input tokens exceed the configured limit',
  '`inputs` tokens + `max_new_tokens` must be',
  'exceeds the available context size',
  'exceeds the maximum number of tokens allowed',
  'string too long. expected a string with maximum length',
  'exceeds the context length',
  'exceeds the context window',
  'exceeds the model context window',
  'context length exceeded',
  'context window exceeded',
  // the class name of LiteLLM's exception
  'contextwindowexceedederror',
  'context the overflows',
  'prompt is too long',
  'input is too long',
  'too many total text bytes',
];
const PATTERNS: readonly RegExp[] = [
  /current length is .{0,200} while limit is/,
  /maximum input length is .{0,200} tokens/,
];

/** Errors about the length of one field, which are phrased like an overflow. */
const OTHER_LIMIT = 'string_above_max_length';
const OTHER_LIMIT_PHRASE = "invalid 'user'";

/** Whether the upstream refused a request because its input does not fit into the model's context. */
export function isContextOverflow(error: UpstreamError): boolean {
  const names = [error.code, error.type].map((name) => name?.toLowerCase() ?? '');
  if (names.some((name) => NAMES.has(name))) return true;
  if (!STATUSES.has(error.status) || names.includes(OTHER_LIMIT)) return false;
  const text = error.message.slice(0, 4_000).toLowerCase();
  if (text.includes(OTHER_LIMIT_PHRASE)) return false;
  return PHRASES.some((phrase) => text.includes(phrase)) || PATTERNS.some((pattern) => pattern.test(text));
}
