import type { ModelRule } from '../config/configuration.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';

/** The way of a request for one model: the rule that its id fits, and where that leads, in order of preference. */
export interface ModelRoute {
  /** As the client wrote it. */
  readonly modelId: string;
  readonly rule: ModelRule;
  /** At least one. */
  readonly targets: readonly UpstreamTarget[];
}
