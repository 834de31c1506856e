import type { ModelId } from '../bedrock/model-id.js';
import type {
  Configuration,
  ModelRule,
  RequestMetadataSettings,
  RouteEntry,
} from '../config/configuration.js';
import { DIALECTS } from '../openai/dialects.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';
import { agreeOn, matchesModel, patternsOverlap } from './model-pattern.js';
import type { ModelRoute } from './model-route.js';
import { promptReference } from './prompts.js';

/** Model id → route by the first rule that matches; undefined when none does. */
export function resolveRoute(modelId: ModelId, configuration: Configuration): ModelRoute | undefined {
  const rule = ruleOf(modelId, configuration);
  if (rule === undefined) return undefined;
  const { requestMetadata } = configuration;
  const targets = rule.route.map((entry) => toTarget(modelId, entry, rule, requestMetadata));
  const levelTargets = rule.levelRoute?.map((entry) => toTarget(modelId, entry, rule, requestMetadata));
  return { modelId, rule, targets, levelTargets, requestMetadata };
}

/** The first rule that matches. The name of a prompt is not that of a model, so no rule matches it. */
export function ruleOf(modelId: ModelId, configuration: Configuration): ModelRule | undefined {
  if (promptReference(modelId, configuration) !== undefined) return undefined;
  return configuration.models.find(({ match }) => matchesModel(match, modelId));
}

/**
 * Whether a client whose permission is `patterns` may call a model.
 * @param rule the rule that routes the model, if any: permission and rule must mean the same model
 */
export function mayCall(patterns: readonly string[], modelId: ModelId, rule: ModelRule | undefined): boolean {
  return patterns.some(
    (pattern) =>
      matchesModel(pattern, modelId) && (rule === undefined || agreeOn(modelId, pattern, rule.match)),
  );
}

/** The globs of the rules that a client with the permission `patterns` can reach. Globs for any id are left out: they name nothing. */
export function namedModels(patterns: readonly string[], { models }: Configuration): string[] {
  const named = new Set(models.map(({ match }) => match).filter((match) => /[^*]/.test(match)));
  return [...named].filter((match) => patterns.some((pattern) => patternsOverlap(pattern, match)));
}

function toTarget(
  { text }: ModelId,
  {
    upstream,
    model = text,
    maxOutputTokens = upstream.maxOutputTokens,
    prices,
    optimized,
    tiers,
    serviceTier,
  }: RouteEntry,
  { defaults, extraBody, documents, embeddings, rerank }: ModelRule,
  requestMetadata: RequestMetadataSettings | undefined,
): UpstreamTarget {
  const dialect = DIALECTS[upstream.dialect];
  return {
    upstream,
    model,
    dialect,
    defaults,
    extraBody,
    documents,
    maxOutputTokens,
    prices,
    embeddings,
    rerank,
    optimized,
    tiers,
    serviceTier,
    requestMetadata,
  };
}
