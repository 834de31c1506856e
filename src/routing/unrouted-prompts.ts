import { ModelId } from '../bedrock/model-id.js';
import type { Configuration } from '../config/configuration.js';
import { ruleOf } from './model-router.js';

/**
 * Warnings about prompts whose model no rule routes: one line each. Requests that name one fail, but a folder of exports may
 * hold prompts for models that are served elsewhere.
 */
export function unroutedPrompts(configuration: Configuration): string[] {
  const { prompts = [] } = configuration;
  return prompts
    .filter(({ variant }) => !isRouted(variant.modelId, configuration))
    .map(
      ({ id, version, variant }) =>
        `prompts: ${id}:${version} cannot be used, because no rule of models matches its model "${variant.modelId}"`,
    );
}

function isRouted(modelId: string, configuration: Configuration): boolean {
  const parsed = ModelId.read(modelId);
  return parsed !== undefined && ruleOf(parsed, configuration) !== undefined;
}
