import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import { objectOf } from '../json-value.js';
import type { RequestContext } from './request-context.js';

type LimitContext = Pick<RequestContext, 'target' | 'ignored'>;

/** Params with a budget of tokens for reasoning, and its member: Anthropic's form, and OpenRouter's. */
const BUDGETS = { thinking: 'budget_tokens', reasoning: 'max_tokens' } as const;

/** Anthropic's API refuses a smaller budget. */
const MIN_BUDGET_TOKENS = 1_024;

/**
 * A token limit → the same, or the most that the target writes if that is less. Clients ask for far more than they need
 * (64,000 by default), and small servers refuse that. The member at `path` is reported when it is lowered.
 */
export function withinOutputLimit<Limit>(
  maxTokens: Limit,
  path: string,
  { target: { maxOutputTokens }, ignored }: LimitContext,
): Limit | number {
  if (maxOutputTokens === undefined || !(Number(maxTokens) > maxOutputTokens)) return maxTokens;
  ignored.hint(path);
  return maxOutputTokens;
}

/** Where the request has a budget, and the token limit that it asks for. */
interface Asked {
  readonly path: string;
  readonly maxTokens: unknown;
}

/**
 * Lowers the budget for reasoning in proportion to the token limit, because servers refuse a budget that is not below the
 * limit.
 */
export function lowerReasoningBudget(
  params: ChatCompletionParams,
  field: keyof typeof BUDGETS,
  { path, maxTokens }: Asked,
  { target: { maxOutputTokens }, ignored }: LimitContext,
): void {
  if (maxOutputTokens === undefined || !(Number(maxTokens) > maxOutputTokens)) return;
  const member = BUDGETS[field];
  const reasoning = objectOf(params[field]);
  const budget = reasoning?.[member];
  if (typeof budget !== 'number' || budget <= MIN_BUDGET_TOKENS) return;
  const lowered = Math.floor((budget * maxOutputTokens) / Number(maxTokens));
  params[field] = { ...reasoning, [member]: Math.max(MIN_BUDGET_TOKENS, lowered) };
  ignored.hint(`${path}.${member}`);
}
