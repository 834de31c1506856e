import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { modelFamily } from '../../formats/model-family.js';
import { JsonBytes } from '../../streaming/json-bytes.js';
import type { InvokeHandler, InvokeRequest } from '../invoke-model/invoke-handler.js';
import { reportedPaths } from '../invoke-model/reported-paths.js';
import type { OperationResult } from '../operation-result.js';
import { EmbeddingObjects } from './embedding-objects.js';
import { EmbeddingsService } from './embeddings.service.js';

/** InvokeModel for the formats of embeddings. */
@Injectable()
export class EmbeddingsHandler implements InvokeHandler<'embeddings'> {
  readonly kind = 'embeddings';

  constructor(
    private readonly embeddings: EmbeddingsService,
    private readonly objects: EmbeddingObjects,
    private readonly settings: Settings,
  ) {}

  async invoke(invocation: InvokeRequest<'embeddings'>): Promise<OperationResult<object>> {
    const { body, format, context } = invocation;
    const { modelId, rule } = context.route;
    const native = format.reduce(body, modelFamily(modelId, rule.embeddings !== undefined));
    const reported = reportedPaths(native, invocation, this.settings);
    const request = this.objects.read(native.request, context);
    const read = request instanceof Promise ? await request : request;
    const result = await this.embeddings.embed(read, context, reported);
    return { ...result, answer: JsonBytes.of(native.toResponse(result.answer, randomUUID())) };
  }
}
