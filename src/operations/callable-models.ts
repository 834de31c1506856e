import { KNOWN_MODEL_IDS } from '../bedrock/foundation-models/known-models.js';
import { ModelId } from '../bedrock/model-id.js';
import type { Client, Configuration, ModelRule } from '../config/configuration.js';
import { mayCall, ruleOf } from '../routing/model-router.js';

/** The part of the model table that a client may call. */
export class CallableModels {
  constructor(
    private readonly configuration: Configuration,
    private readonly client: Client,
  ) {}

  /**
   * Ids and ARNs that the table names. A rule without a `*` names its own id. A glob names the known ids that it sends to a
   * model of its own choice, and a model of its own route that the rule also matches: under `*`, any id leads to that
   * model. `*` itself says nothing about an id, so it names no known one.
   */
  get named(): ModelId[] {
    const named = new Set(this.configuration.models.flatMap((rule) => this.namedBy(rule)));
    return [...named].flatMap((text) => ModelId.read(text) ?? []).filter((modelId) => this.has(modelId));
  }

  /** Whether a call for this id or ARN would be sent to an upstream. */
  has(modelId: ModelId): boolean {
    const rule = this.ruleOf(modelId);
    return rule !== undefined && mayCall(this.client.models, modelId, rule);
  }

  /** As `has`, for an id or ARN that is not read yet. */
  hasText(text: string): boolean {
    const modelId = ModelId.read(text);
    return modelId !== undefined && this.has(modelId);
  }

  /** The first rule that matches. */
  ruleOf(modelId: ModelId): ModelRule | undefined {
    return ruleOf(modelId, this.configuration);
  }

  private namedBy(rule: ModelRule): string[] {
    if (!rule.match.includes('*')) return [rule.match];
    const own = rule.route.flatMap(({ model = '' }) =>
      model !== '' && this.isRoutedBy(rule, model) ? [model] : [],
    );
    const isForAny = /^\*+$/.test(rule.match);
    const knowsModel = rule.route.some(({ model }) => model !== undefined);
    return isForAny || !knowsModel
      ? own
      : [...own, ...KNOWN_MODEL_IDS.filter((id) => this.isRoutedBy(rule, id))];
  }

  private isRoutedBy(rule: ModelRule, text: string): boolean {
    const modelId = ModelId.read(text);
    return modelId !== undefined && this.ruleOf(modelId) === rule;
  }
}
