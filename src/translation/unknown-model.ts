import type { UpstreamError } from '../openai/upstream.error.js';
import { sanitizedMessage } from './sanitize-upstream-text.js';

/** Codes and types of OpenAI and others, of Azure, and of Mistral. */
const NAMES: ReadonlySet<string | undefined> = new Set([
  'model_not_found',
  'DeploymentNotFound',
  'invalid_model',
]);

/** Words behind 404, which is either about the model or about a wrong address of ours. */
const MISSING =
  /\bmodel\b.{0,200}(?:not found|not exist)|^model: |^no endpoints found for|deployment for this resource does not exist/i;

const MODEL = '[\\w./:@-]{1,200}';
const QUOTE = '[`\'"]?';

/**
 * Words behind 400 and 422, which are about anything in a request: so the sentence must begin with the model.
 * LiteLLM (a name that it does not serve, and one without a provider), DeepSeek, Mistral, OpenRouter, and others.
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

/** Whether the upstream serves no model of this name. */
export function isUnknownModel(error: UpstreamError): boolean {
  const { status, code, type } = error;
  if (status !== 400 && status !== 404 && status !== 422) return false;
  if (NAMES.has(code) || NAMES.has(type)) return true;
  const words = sanitizedMessage(error);
  return REFUSED.some((refused) => refused.test(words)) || (status === 404 && MISSING.test(words));
}
