import type { UpstreamError } from '../openai/upstream.error.js';
import { sanitizedMessage } from './sanitize-upstream-text.js';

/** Error codes and types of OpenAI and others, Azure, and Mistral. */
const NAMES: ReadonlySet<string | undefined> = new Set([
  'model_not_found',
  'DeploymentNotFound',
  'invalid_model',
]);

/** Messages of a 404 about the model. Any other 404 means that the configured base URL is wrong. */
const MISSING =
  /\bmodel\b.{0,200}(?:not found|not exist)|^model: |^no endpoints found for|deployment for this resource does not exist/i;

const MODEL = '[\\w./:@-]{1,200}';
const QUOTE = '[`\'"]?';

/**
 * Messages of a 400 or 422 about the model. These statuses may be about any part of a request, so the sentence must begin
 * with the model. LiteLLM (unknown name, name without a provider), DeepSeek, Mistral, OpenRouter, and others.
 */
const REFUSED: readonly RegExp[] = [
  /^invalid model name passed in model=/i,
  /^llm provider not provided/i,
  /^model not exist/i,
  new RegExp(`^invalid model(?: name| id)?:? ${QUOTE}${MODEL}${QUOTE}\\.?$`, 'i'),
  new RegExp(`^${MODEL} is not a valid model id`, 'i'),
  new RegExp(
    `^(?:the )?(?:requested )?model:? ${QUOTE}${MODEL}${QUOTE} (?:(?:was |is )?not found|(?:does )?not exist)`,
    'i',
  ),
];

/** Whether the upstream does not serve the requested model. */
export function isUnknownModel(error: UpstreamError): boolean {
  const { status, code, type } = error;
  if (status !== 400 && status !== 404 && status !== 422) return false;
  if (NAMES.has(code) || NAMES.has(type)) return true;
  const message = sanitizedMessage(error);
  return REFUSED.some((refused) => refused.test(message)) || (status === 404 && MISSING.test(message));
}
