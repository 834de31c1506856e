import type { UpstreamError } from '../openai/upstream.error.js';
import { isContextOverflow } from './context-overflow.js';
import { isUnknownModel } from './unknown-model.js';

/** The causes that an upstream states in the code, type or text of an error, beyond its status. */
export type StatedCause =
  | 'contextOverflow'
  | 'contentRefusal'
  | 'quota'
  | 'loading'
  | 'rateLimit'
  | 'overload'
  | 'brokenToolCall'
  | 'unknownModel';

/** Error codes and types of OpenAI and others, in lower case → the cause. */
const NAMES: ReadonlyMap<string, StatedCause> = new Map<string, StatedCause>([
  ['content_filter', 'contentRefusal'],
  ['content_policy_violation', 'contentRefusal'],
  ['contentpolicyviolationerror', 'contentRefusal'],
  ['responsibleaipolicyviolation', 'contentRefusal'],
  ['moderation_blocked', 'contentRefusal'],
  ['data_inspection_failed', 'contentRefusal'],
  ['insufficient_quota', 'quota'],
  ['credit_balance_exhausted', 'quota'],
  ['billing_hard_limit_reached', 'quota'],
  ['billing_not_active', 'quota'],
  ['billing_error', 'quota'],
  ['insufficient_balance', 'quota'],
  ['exceeded_current_quota_error', 'quota'],
  ['budget_exceeded', 'quota'],
  ['rate_limit_exceeded', 'rateLimit'],
  ['rate_limit_error', 'rateLimit'],
  ['slow_down', 'rateLimit'],
  ['resource_exhausted', 'rateLimit'],
  ['server_is_overloaded', 'overload'],
  ['overloaded_error', 'overload'],
  ['service_unavailable_error', 'overload'],
  ['tool_use_failed', 'brokenToolCall'],
]);

/** Messages of Azure, LiteLLM with Azure, OpenAI, and OpenRouter's moderation. */
const CONTENT_REFUSAL =
  /content management policy|content ?policy ?violation|responsible ?ai ?policy|violating our usage policy|requires moderation and your input was flagged/i;

/** Messages of Gemini and Mistral, which they also send with status 400 and 500. */
const RATE_LIMIT = /resource (?:has been )?exhausted|quota exceeded|service tier capacity exceeded/i;
const LOADING =
  /loading (?:the )?model|\bmodel\b.{0,100} is (?:currently |still )?(?:being )?load(?:ing|ed)/i;

/** The cause stated by an error's code, type or text. Undefined when only the status tells. */
export function statedCause(error: UpstreamError): StatedCause | undefined {
  if (isContextOverflow(error)) return 'contextOverflow';
  if (isLoading(error)) return 'loading';
  const named = namedCause(error);
  if (named !== undefined) return named;
  if (isContentRefusal(error)) return 'contentRefusal';
  if (isRateLimit(error)) return 'rateLimit';
  return isUnknownModel(error) ? 'unknownModel' : undefined;
}

function namedCause({ status, code, type }: UpstreamError): StatedCause | undefined {
  const cause = NAMES.get(code?.toLowerCase() ?? '') ?? NAMES.get(type?.toLowerCase() ?? '');
  // Groq: a request larger than the limit per minute never passes, so a retry is useless
  return status === 413 && cause === 'rateLimit' ? undefined : cause;
}

function isContentRefusal({ status, message }: UpstreamError): boolean {
  return (status === 400 || status === 403) && CONTENT_REFUSAL.test(message.slice(0, 1_000));
}

/** llama.cpp and vLLM answer this way while they load the model. */
function isLoading({ status, type, message }: UpstreamError): boolean {
  return status === 503 && (type === 'unavailable_error' || LOADING.test(message.slice(0, 1_000)));
}

function isRateLimit({ status, message }: UpstreamError): boolean {
  return (status === 400 || status === 500) && RATE_LIMIT.test(message.slice(0, 1_000));
}
