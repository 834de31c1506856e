import { Injectable } from '@nestjs/common';
import type { EmbeddingRequest, EmbeddingResult } from '../../bedrock/embeddings/embedding-request.js';
import type { EmbeddingsAnswer } from '../../openai/embeddings/embeddings-answer.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { IgnoredMembers } from '../request/ignored-members.js';
import { TranslationOptions } from '../translation.options.js';
import { type EmbeddingCalls, toEmbeddingCalls } from './embedding-params.js';
import { toEmbeddingResult } from './embedding-result.js';

export interface MappedEmbeddings {
  readonly params: readonly EmbeddingCalls[];
  /** Native paths of parameters that the upstream does not have. */
  readonly ignored: readonly string[];
}

/** Embedding requests → the requests of an upstream, and its answers → the result. */
@Injectable()
export class EmbeddingsMapper {
  constructor(private readonly options: TranslationOptions) {}

  /** @throws ValidationException for what the target cannot do */
  map(request: EmbeddingRequest, target: UpstreamTarget): MappedEmbeddings {
    const ignored = new IgnoredMembers(this.options.unsupportedParameters);
    return { params: toEmbeddingCalls(request, target, ignored), ignored: ignored.list() };
  }

  /** @throws UpstreamError `unusable` */
  toResult(
    mapped: readonly EmbeddingCalls[],
    answers: readonly EmbeddingsAnswer[],
    request: EmbeddingRequest,
    target: UpstreamTarget,
  ): EmbeddingResult {
    return toEmbeddingResult(mapped, answers, request, target);
  }
}
