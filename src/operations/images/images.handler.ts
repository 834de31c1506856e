import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import type { InvokeHandler, InvokeRequest } from '../invoke-model/invoke-handler.js';
import { reportedPaths } from '../invoke-model/reported-paths.js';
import type { OperationResult } from '../operation-result.js';
import { GuardedImagesService } from './guarded-images.service.js';
import { ImagesService } from './images.service.js';

/** InvokeModel for the formats of generating images. */
@Injectable()
export class ImagesHandler implements InvokeHandler<'images'> {
  readonly kind = 'images';

  constructor(
    private readonly images: ImagesService,
    private readonly guardedImages: GuardedImagesService,
    private readonly settings: Settings,
  ) {}

  async invoke(invocation: InvokeRequest<'images'>): Promise<OperationResult<object>> {
    const { body, format, context } = invocation;
    const native = format.reduce(body);
    const guardrail = this.guardedImages.find(invocation);
    if (guardrail !== undefined) {
      const reported = reportedPaths(native, withoutGuardrail(invocation), this.settings);
      return this.guardedImages.generate(native, guardrail, { context, reported });
    }
    const reported = reportedPaths(native, invocation, this.settings);
    const result = await this.images.generate(native.request, context, reported);
    return { ...result, answer: native.toResponse(result.answer, randomUUID()) };
  }
}

/** A guardrail that is applied is not reported as ignored. */
function withoutGuardrail(invocation: InvokeRequest<'images'>): InvokeRequest<'images'> {
  const { guardrailConfig: _, ...members } = invocation.headers.members;
  return { ...invocation, headers: { ...invocation.headers, members } };
}
