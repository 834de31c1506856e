import type { ModelId } from '../bedrock/model-id.js';
import type { ModelRule, RequestMetadataSettings } from '../config/configuration.js';
import type { PromptSettings } from '../config/prompt.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';

/** A model id with the rule that matches it, and the targets of the rule in order of preference. */
export interface ModelRoute {
  readonly modelId: ModelId;
  readonly rule: ModelRule;
  /** At least one. */
  readonly targets: readonly UpstreamTarget[];
  /** Targets of the rule for a latency or a tier that a request asks for. Undefined: there are none. */
  readonly levelTargets?: readonly UpstreamTarget[] | undefined;
  /** What becomes of the metadata of the request. Undefined: nothing. */
  readonly requestMetadata?: RequestMetadataSettings | undefined;
  /** The prompt that the request names. The route is that of its model. */
  readonly prompt?: PromptSettings;
}
