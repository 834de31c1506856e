import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { JsonBytes } from '../../streaming/json-bytes.js';
import type { InvokeHandler, InvokeRequest } from '../invoke-model/invoke-handler.js';
import { NOTHING_IGNORED, reportedPaths } from '../invoke-model/reported-paths.js';
import type { OperationResult } from '../operation-result.js';
import { EmbeddingsService } from './embeddings.service.js';

/** InvokeModel for OpenAI's own body of embeddings. */
@Injectable()
export class OpenAIEmbeddingsHandler implements InvokeHandler<'openai-embeddings'> {
  readonly kind = 'openai-embeddings';

  constructor(
    private readonly embeddings: EmbeddingsService,
    private readonly settings: Settings,
  ) {}

  async invoke(invocation: InvokeRequest<'openai-embeddings'>): Promise<OperationResult<object>> {
    const { body, context } = invocation;
    const reported = reportedPaths(NOTHING_IGNORED, invocation, this.settings);
    const result = await this.embeddings.embedOpenAI(body, context, reported);
    return { ...result, answer: JsonBytes.of(result.answer) };
  }
}
