import { ValidationException } from '../bedrock/bedrock.exception.js';

const MAX_CHARACTERS = 2_048;
// control characters, and path segments that something downstream might resolve
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u001f\u007f]|(^|\/)\.{1,2}(\/|$)/;
const PROMPT_ARN = /^arn:[^:]*:bedrock:[^:]*:[^:]*:prompt\//;

/**
 * The `*modelId` of a path, each segment decoded once → the model id: a name, a name with slashes, or an ARN.
 * @throws ValidationException when no upstream could be asked for it
 */
export function readModelId(segments: string | readonly string[]): string {
  const modelId = typeof segments === 'string' ? segments : segments.join('/');
  if (modelId.length === 0 || modelId.length > MAX_CHARACTERS || FORBIDDEN.test(modelId)) {
    throw new ValidationException('The provided model identifier is invalid.');
  }
  if (PROMPT_ARN.test(modelId)) {
    throw new ValidationException(
      'modelId: prompts of Prompt management are not supported. Send messages instead.',
    );
  }
  return modelId;
}
