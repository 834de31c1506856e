import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import type { InvokeHandler, InvokeRequest } from '../invoke-model/invoke-handler.js';
import { reportedPaths } from '../invoke-model/reported-paths.js';
import type { OperationResult } from '../operation-result.js';
import { RerankService } from './rerank.service.js';

/** InvokeModel for the formats of ranking documents. */
@Injectable()
export class RerankHandler implements InvokeHandler<'rerank'> {
  readonly kind = 'rerank';

  constructor(
    private readonly rerankService: RerankService,
    private readonly settings: Settings,
  ) {}

  async invoke(invocation: InvokeRequest<'rerank'>): Promise<OperationResult<object>> {
    const { body, format, context } = invocation;
    const native = format.reduce(body);
    const reported = reportedPaths(native, invocation, this.settings);
    const result = await this.rerankService.rerank(native.request, context, reported);
    return { ...result, answer: native.toResponse(result.answer, randomUUID()) };
  }
}
