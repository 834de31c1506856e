import type { ModelId } from '../bedrock/model-id.js';
import type { Configuration, ModelRule, RouteEntry } from '../config/configuration.js';
import { DIALECTS } from '../openai/dialect.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';
import { agreeOn, matchesModel, patternsOverlap } from './model-pattern.js';
import type { ModelRoute } from './model-route.js';

/** Model id → route by the first rule that it fits, or undefined for a model that nobody serves. */
export function resolveRoute(modelId: ModelId, configuration: Configuration): ModelRoute | undefined {
  const rule = ruleOf(modelId, configuration);
  return rule && { modelId, rule, targets: rule.route.map((entry) => toTarget(modelId, entry, rule)) };
}

/** First match wins. */
export function ruleOf(modelId: ModelId, { models }: Configuration): ModelRule | undefined {
  return models.find(({ match }) => matchesModel(match, modelId));
}

/** Whether who may call `patterns` may call a model, by the rule that leads to it where there is one. */
export function mayCall(patterns: readonly string[], modelId: ModelId, rule: ModelRule | undefined): boolean {
  return patterns.some(
    (pattern) =>
      matchesModel(pattern, modelId) && (rule === undefined || agreeOn(modelId, pattern, rule.match)),
  );
}

/** The rules by which somebody who may call `patterns` gets anywhere, as their globs. Those for any id say nothing. */
export function namedModels(patterns: readonly string[], { models }: Configuration): string[] {
  const named = new Set(models.map(({ match }) => match).filter((match) => /[^*]/.test(match)));
  return [...named].filter((match) => patterns.some((pattern) => patternsOverlap(pattern, match)));
}

function toTarget(
  { text }: ModelId,
  { upstream, model = text }: RouteEntry,
  { defaults, extraBody }: ModelRule,
): UpstreamTarget {
  return { upstream, model, dialect: DIALECTS[upstream.dialect], defaults, extraBody };
}
