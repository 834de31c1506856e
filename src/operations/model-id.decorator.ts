import { Param, type PipeTransform } from '@nestjs/common';
import { ValidationException } from '../bedrock/bedrock.exception.js';

const MAX_CHARACTERS = 2_048;
// control characters, and path segments that something downstream might resolve
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u001f\u007f]|(^|\/)\.{1,2}(\/|$)/;
const PROMPT_ARN = /^arn:[^:]*:bedrock:[^:]*:[^:]*:prompt\//;

/** Segments of the path, each decoded once → the model id: a name, a name with slashes, or an ARN. */
class ModelIdPipe implements PipeTransform<string | string[], string> {
  /** @throws ValidationException when no upstream could be asked for it */
  transform(segments: string | string[]): string {
    const modelId = Array.isArray(segments) ? segments.join('/') : segments;
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
}

/** The `{modelId}` of a path `model/*modelId/…`. */
export const ModelId = (): ParameterDecorator => Param('modelId', new ModelIdPipe());
