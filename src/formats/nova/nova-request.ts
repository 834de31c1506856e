import { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { InferenceConfigurationDto } from '../../bedrock/converse/inference-config.dto.js';
import { unknownMembers } from '../../bedrock/validation/unknown-members.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import type { ReducedRequest } from '../hub-format.js';
import { NativePaths } from '../native-paths.js';
import { present } from '../present.js';
import { type NovaInferenceConfigDto, NovaRequestDto } from './nova-request.dto.js';
import { NovaStream, toNovaResponse } from './nova-response.js';

const CONFIG = 'inferenceConfig';

/**
 * The body → Converse, which has the same messages, system blocks and tools.
 * @throws ValidationException
 */
export function reduceNova(body: JsonObject): ReducedRequest {
  const { messages, system, toolConfig, inferenceConfig } = validated(NovaRequestDto, body);
  const paths = new NativePaths();
  const request: ConverseRequestDto = paths.same('', present({ messages, system, toolConfig }));
  if (inferenceConfig != null) addInferenceConfig(request, inferenceConfig, paths);
  return {
    request,
    ignored: [],
    hints: unknownMembers(NovaRequestDto, body),
    nativePath: (path) => paths.resolve(request, path),
    toResponse: toNovaResponse,
    openStream: () => new NovaStream(),
  };
}

function addInferenceConfig(
  request: ConverseRequestDto,
  config: NovaInferenceConfigDto,
  paths: NativePaths,
): void {
  const { temperature, stopSequences, reasoningConfig } = config;
  const sampling: InferenceConfigurationDto = present({
    maxTokens: config.maxTokens ?? config.max_new_tokens,
    temperature,
    topP: config.topP ?? config.top_p,
    stopSequences,
  });
  const topK = config.topK ?? config.top_k;
  request.inferenceConfig = paths.from(CONFIG, sampling, {
    maxTokens: spelled(config, 'maxTokens', 'max_new_tokens'),
    temperature: `${CONFIG}.temperature`,
    topP: spelled(config, 'topP', 'top_p'),
    stopSequences: `${CONFIG}.stopSequences`,
  });
  if (topK === undefined && reasoningConfig == null) return;
  request.additionalModelRequestFields = paths.from(CONFIG, present({ top_k: topK, reasoningConfig }), {
    top_k: spelled(config, 'topK', 'top_k'),
    reasoningConfig: `${CONFIG}.reasoningConfig`,
  });
}

/** The path of the spelling that the client used. */
function spelled<Name extends keyof NovaInferenceConfigDto>(
  config: NovaInferenceConfigDto,
  camelCase: Name,
  snakeCase: Name,
): string {
  return `${CONFIG}.${config[camelCase] == null ? snakeCase : camelCase}`;
}
