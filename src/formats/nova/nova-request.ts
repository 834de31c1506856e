import { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import { unknownMembers } from '../../bedrock/validation/unknown-members.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import type { ReducedRequest } from '../hub-format.js';
import { NativePaths } from '../native-paths.js';
import { present } from '../present.js';
import { addSampling } from '../sampling.js';
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
  const one = <Name extends keyof NovaInferenceConfigDto>(...spellings: readonly [Name, ...Name[]]) => {
    const name = spellings.find((spelling) => config[spelling] != null) ?? spellings[0];
    return { value: config[name], path: `${CONFIG}.${name}` };
  };
  addSampling(request, paths, {
    converse: {
      maxTokens: one('maxTokens', 'max_new_tokens'),
      temperature: one('temperature'),
      topP: one('topP', 'top_p'),
      stopSequences: one('stopSequences'),
    },
    further: { top_k: one('topK', 'top_k'), reasoningConfig: one('reasoningConfig') },
  });
}
