import type { Configuration, ModelRule, RouteEntry } from '../config/configuration.js';
import { DIALECTS } from '../openai/dialect.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';
import { matchesModel, patternsOverlap } from './model-pattern.js';
import type { ModelRoute } from './model-route.js';

/** Model id → route by the first rule that it fits, or undefined for a model that nobody serves. */
export function resolveRoute(modelId: string, { models }: Configuration): ModelRoute | undefined {
  const rule = models.find(({ match }) => matchesModel(match, modelId));
  return rule && { modelId, rule, targets: rule.route.map((entry) => toTarget(modelId, entry, rule)) };
}

/** The rules by which somebody who may call `patterns` gets anywhere, as their globs. Those for any id say nothing. */
export function namedModels(patterns: readonly string[], { models }: Configuration): string[] {
  const named = new Set(models.map(({ match }) => match).filter((match) => /[^*]/.test(match)));
  return [...named].filter((match) => patterns.some((pattern) => patternsOverlap(pattern, match)));
}

function toTarget(
  modelId: string,
  { upstream, model = modelId }: RouteEntry,
  { defaults, extraBody }: ModelRule,
): UpstreamTarget {
  return { upstream, model, dialect: DIALECTS[upstream.dialect], defaults, extraBody };
}
