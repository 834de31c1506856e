import { Param, type PipeTransform } from '@nestjs/common';
import { readModelId } from './model-id.js';

class ModelIdPipe implements PipeTransform<string | string[], string> {
  /** @throws ValidationException when it could name nothing */
  transform(segments: string | string[]): string {
    return readModelId(segments);
  }
}

/** The id or ARN in a path `…/*modelId`. */
export const ModelId = (): ParameterDecorator => Param('modelId', new ModelIdPipe());
