import type { ModelId } from '../bedrock/model-id.js';
import type { ModelRule } from '../config/configuration.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';

/** The way of a request for one model: the rule that its id fits, and where that leads, in order of preference. */
export interface ModelRoute {
  readonly modelId: ModelId;
  readonly rule: ModelRule;
  /** At least one. */
  readonly targets: readonly UpstreamTarget[];
}
