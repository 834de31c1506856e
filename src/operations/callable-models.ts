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
   * Ids and ARNs that the table names. A rule without a `*` names its own id. A glob names nothing, except a model of its
   * own route that the rule also matches: under `*`, any id leads to that model.
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
    return rule.route.flatMap(({ model = '' }) => {
      const modelId = ModelId.read(model);
      return model !== '' && modelId && this.ruleOf(modelId) === rule ? [model] : [];
    });
  }
}
