import type { Dialect } from '../../openai/dialect.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { objectOf, textOf } from '../json-value.js';
import type { AdditionalField, ParamsDraft } from './params-draft.js';
import type { RequestContext } from './request-context.js';

/** In ascending order. `none` turns reasoning off, so it never replaces a higher effort. */
const EFFORTS: readonly string[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/** Fields that configure reasoning on Bedrock: Anthropic's, its older name, and Nova's. */
const THINKING_FIELDS = ['thinking', 'reasoning_config', 'reasoningConfig'] as const;

/** Budgets in tokens: a budget below the bound maps to the effort. Used when `maxTokens` is not set. */
const BUDGET_BOUNDS = [
  [2_048, 'low'],
  [8_192, 'medium'],
  [32_768, 'high'],
] as const;

/** Shares of `maxTokens`: a budget up to the bound maps to the effort. */
const SHARE_BOUNDS = [
  [0.2, 'low'],
  [0.45, 'medium'],
  [0.75, 'high'],
] as const;

const HIGHEST_EFFORT = 'xhigh';

/** Types of `thinking` that leave the effort to the model: adaptive, and enabled without a budget. */
const LEFT_TO_MODEL: ReadonlySet<unknown> = new Set(['adaptive', 'enabled']);

interface WantedEffort {
  readonly effort: string;
  readonly path: string;
}

/**
 * Sets `reasoning_effort` from the first of these: the additional field of that name, unchanged; `outputConfig.effort`;
 * Anthropic's `output_config.effort`; the effort that corresponds to the thinking budget.
 */
export function addReasoningEffort(
  fields: ReadonlyMap<string, AdditionalField>,
  outputEffort: string | null | undefined,
  draft: ParamsDraft,
  context: RequestContext,
): void {
  const { dialect, ignored } = context;
  const given = fields.get('reasoning_effort');
  if (given !== undefined) draft.source = given.path;
  if (given?.value != null) return draft.add(given.name, 'reasoning_effort', given.value);
  const wanted =
    outputConfigEffort(outputEffort) ?? anthropicEffort(fields) ?? thinkingEffort(fields, draft, context);
  if (wanted === undefined) return;
  const effort = nearestEffort(wanted.effort, dialect);
  draft.source = wanted.path;
  if (effort === undefined) ignored.parameter(wanted.path);
  else draft.add('reasoning_effort', 'reasoning_effort', effort);
}

/** Whether the value is an Anthropic `thinking` object, and the server and model accept it. */
export function isThinking(value: unknown, { dialect, model }: UpstreamTarget): boolean {
  if (dialect.thinking !== 'verbatim' || objectOf(value) === undefined) return false;
  return dialect.thinkingModels?.test(model) ?? true;
}

function outputConfigEffort(value: string | null | undefined): WantedEffort | undefined {
  const effort = textOf(value);
  return effort === undefined ? undefined : { effort, path: 'outputConfig.effort' };
}

function anthropicEffort(fields: ReadonlyMap<string, AdditionalField>): WantedEffort | undefined {
  const field = fields.get('output_config');
  const effort = textOf(objectOf(field?.value)?.effort);
  return field === undefined || effort === undefined ? undefined : { effort, path: `${field.path}.effort` };
}

function thinkingEffort(
  fields: ReadonlyMap<string, AdditionalField>,
  draft: ParamsDraft,
  { target, ignored }: RequestContext,
): WantedEffort | undefined {
  for (const name of THINKING_FIELDS) {
    const field = fields.get(name);
    if (field?.value == null || (name !== 'reasoningConfig' && isThinking(field.value, target))) continue;
    const effort = textOf(field.value) ?? configuredEffort(objectOf(field.value) ?? {}, draft.maxTokens);
    if (effort !== undefined) return { effort, path: field.path };
    if (!LEFT_TO_MODEL.has(objectOf(field.value)?.type)) ignored.parameter(field.path);
  }
  return undefined;
}

function configuredEffort(config: Record<string, unknown>, maxTokens: unknown): string | undefined {
  if (config.type === 'disabled') return 'none';
  const budget = config.budget_tokens;
  return typeof budget === 'number' ? budgetToEffort(budget, maxTokens) : textOf(config.maxReasoningEffort);
}

function budgetToEffort(budget: number, maxTokens: unknown): string {
  if (typeof maxTokens !== 'number' || maxTokens <= 0) {
    return BUDGET_BOUNDS.find(([bound]) => budget < bound)?.[1] ?? HIGHEST_EFFORT;
  }
  return SHARE_BOUNDS.find(([bound]) => budget / maxTokens <= bound)?.[1] ?? HIGHEST_EFFORT;
}

/** The effort, or the next lower one that the server accepts. */
function nearestEffort(effort: string, { efforts }: Dialect): string | undefined {
  if (efforts === undefined || efforts.includes(effort)) return effort;
  const lower = EFFORTS.slice(1, Math.max(1, EFFORTS.indexOf(effort)));
  return lower.findLast((candidate) => efforts.includes(candidate));
}
