import { Injectable } from '@nestjs/common';
import type { RerankRequest, RerankResult } from '../../bedrock/rerank/rerank-request.js';
import type { RerankAnswer } from '../../openai/rerank/rerank-answer.js';
import type { RerankParams } from '../../openai/rerank/rerank-params.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { IgnoredMembers } from '../request/ignored-members.js';
import { TranslationOptions } from '../translation.options.js';
import { toRerankResult } from './ranking.js';
import { toRerankParams } from './rerank-params.js';

/** Requests to rank documents → the body of the upstream request, and its answer → the result. */
@Injectable()
export class RerankMapper {
  constructor(private readonly options: TranslationOptions) {}

  map(
    request: RerankRequest,
    target: UpstreamTarget,
  ): { readonly params: RerankParams; readonly ignored: readonly string[] } {
    const ignored = new IgnoredMembers(this.options.unsupportedParameters);
    return { params: toRerankParams(request, target, ignored), ignored: ignored.list() };
  }

  /** @throws UpstreamError `unusable` */
  toResult(answer: RerankAnswer, request: RerankRequest, target: UpstreamTarget): RerankResult {
    return toRerankResult(answer, request, target);
  }
}
