import type { Client, Configuration, ModelRule } from '../config/configuration.js';
import { matchesModel } from '../routing/model-pattern.js';

/** The part of the model table that one client may call. */
export class CallableModels {
  constructor(
    private readonly configuration: Configuration,
    private readonly client: Client,
  ) {}

  /**
   * Ids and ARNs that the table names. A rule without a `*` names itself. A glob names nothing, unless a model of
   * its route is itself an id that the rule takes: so it does under `*`, where any id leads to that model.
   */
  get named(): string[] {
    const named = new Set(this.configuration.models.flatMap((rule) => this.namedBy(rule)));
    return [...named].filter((modelId) => this.has(modelId));
  }

  /** Whether a call for this id or ARN would be sent on. */
  has(modelId: string): boolean {
    return (
      this.client.models.some((glob) => matchesModel(glob, modelId)) && this.ruleOf(modelId) !== undefined
    );
  }

  /** First match wins. */
  ruleOf(modelId: string): ModelRule | undefined {
    return this.configuration.models.find(({ match }) => matchesModel(match, modelId));
  }

  private namedBy(rule: ModelRule): string[] {
    if (!rule.match.includes('*')) return [rule.match];
    return rule.route.flatMap(({ model = '' }) =>
      this.ruleOf(model) === rule && model !== '' ? [model] : [],
    );
  }
}
