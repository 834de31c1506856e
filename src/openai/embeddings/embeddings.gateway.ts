import { Injectable } from '@nestjs/common';
import { EMBEDDINGS } from '../endpoint.js';
import { errorInAnswer } from '../error-body.js';
import { parseWithNumberLists } from '../number-lists.js';
import { OpenAIGateway } from '../openai.gateway.js';
import { RefusedFields } from '../refused-fields.js';
import type { CallOptions } from '../upstream-call.js';
import type { UpstreamTarget } from '../upstream-target.js';
import type { EmbeddingParams } from './embedding-params.js';
import { bodyToEmbeddings, type EmbeddingsAnswer } from './embeddings-answer.js';

/** Calls `POST {base}/embeddings` of an upstream. */
@Injectable()
export class EmbeddingsGateway {
  readonly #refusedFields = new RefusedFields(['encoding_format']);

  constructor(private readonly gateway: OpenAIGateway) {}

  /**
   * @param count how many embeddings the answer must have
   * @throws UpstreamError `unusable` also when the answer has another number of them, or one is no vector
   */
  async embed(
    target: UpstreamTarget,
    params: EmbeddingParams,
    { count, ...options }: CallOptions & { readonly count: number },
  ): Promise<EmbeddingsAnswer> {
    const known = this.#refusedFields.apply(target.upstream, params);
    try {
      return await this.#call(target, known, count, options);
    } catch (error) {
      if (!this.#refusedFields.learn(target.upstream, known, error)) throw error;
      return this.#call(target, this.#refusedFields.apply(target.upstream, known), count, options);
    }
  }

  async #call(
    target: UpstreamTarget,
    params: EmbeddingParams,
    count: number,
    options: CallOptions,
  ): Promise<EmbeddingsAnswer> {
    const body = parseWithNumberLists(await this.gateway.postForBytes(target, EMBEDDINGS, params, options));
    const error = errorInAnswer(body);
    if (error !== undefined) throw error;
    return bodyToEmbeddings(body, count);
  }
}
