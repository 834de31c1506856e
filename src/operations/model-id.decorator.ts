import { Param, type PipeTransform } from '@nestjs/common';
import type { ModelId as ReadModelId } from '../bedrock/model-id.js';
import { readModelId } from './model-id.js';

class ModelIdPipe implements PipeTransform<string | string[], ReadModelId> {
  /** @throws ValidationException when the id cannot name a model */
  transform(segments: string | string[]): ReadModelId {
    return readModelId(segments);
  }
}

/** Injects the id or ARN of a path `…/*modelId`. */
export const ModelId = (): ParameterDecorator => Param('modelId', new ModelIdPipe());
