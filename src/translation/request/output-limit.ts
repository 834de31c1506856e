import { objectOf } from '../json-value.js';
import type { ParamsDraft } from './params-draft.js';
import type { RequestContext } from './request-context.js';

type LimitContext = Pick<RequestContext, 'target' | 'ignored'>;

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

/**
 * Lowers the budget of a `thinking` object in proportion to the token limit, because servers refuse a budget that is not
 * below the limit.
 */
export function lowerThinkingBudget(
  draft: ParamsDraft,
  path: string,
  { target, ignored }: LimitContext,
): void {
  const { maxTokens: requested, params } = draft;
  const { maxOutputTokens } = target;
  const thinking = objectOf(params['thinking']);
  const budget = thinking?.budget_tokens;
  if (maxOutputTokens === undefined || !(Number(requested) > maxOutputTokens)) return;
  if (typeof budget !== 'number' || budget <= MIN_BUDGET_TOKENS) return;
  const lowered = Math.floor((budget * maxOutputTokens) / Number(requested));
  params['thinking'] = { ...thinking, budget_tokens: Math.max(MIN_BUDGET_TOKENS, lowered) };
  ignored.hint(`${path}.budget_tokens`);
}
