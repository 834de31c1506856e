import { Injectable } from '@nestjs/common';
import type { Upstream } from '../../config/configuration.js';
import { rerankEndpointOf } from './rerank-endpoint.js';
import { errorInAnswer } from '../error-body.js';
import { parseWithNumberLists } from '../number-lists.js';
import { OpenAIGateway } from '../openai.gateway.js';
import { RefusedFields } from '../refused-fields.js';
import type { CallOptions } from '../upstream-call.js';
import type { UpstreamTarget } from '../upstream-target.js';
import { UpstreamError } from '../upstream.error.js';
import { bodyToScores, type RerankAnswer } from './rerank-answer.js';
import type { RerankParams } from './rerank-params.js';

/** What Hugging Face's text-embeddings-inference says about a request with `documents`. */
const MISSES_TEXTS = /missing field [`'"]?texts/i;

/** Calls `POST {base}/rerank` of an upstream, or the path that the rule of the model names. */
@Injectable()
export class RerankGateway {
  readonly #refusedFields = new RefusedFields(['top_n']);
  /** Upstreams that take `texts` in place of `documents`. */
  readonly #takeTexts = new WeakSet<Upstream>();

  constructor(private readonly gateway: OpenAIGateway) {}

  /** @throws UpstreamError `unusable` also when a document has no score or two */
  async rerank(target: UpstreamTarget, params: RerankParams, options: CallOptions): Promise<RerankAnswer> {
    try {
      return await this.#call(target, params, options);
    } catch (error) {
      if (!this.#learn(target.upstream, params, error)) throw error;
      return this.#call(target, params, options);
    }
  }

  async #call(target: UpstreamTarget, params: RerankParams, options: CallOptions): Promise<RerankAnswer> {
    const { upstream } = target;
    const known = this.#takeTexts.has(upstream)
      ? toTexts(params)
      : this.#refusedFields.apply(upstream, params);
    const body = parseWithNumberLists(
      await this.gateway.postForBytes(target, rerankEndpointOf(target), known, options),
    );
    const error = errorInAnswer(body);
    if (error !== undefined) throw error;
    return bodyToScores(body, params.documents.length);
  }

  /** Returns whether the request can be sent in another form. */
  #learn(upstream: Upstream, params: RerankParams, error: unknown): boolean {
    if (this.#takeTexts.has(upstream)) return false;
    if (!missesTexts(error)) return this.#refusedFields.learn(upstream, params, error);
    this.#takeTexts.add(upstream);
    return true;
  }
}

function missesTexts(error: unknown): boolean {
  if (!(error instanceof UpstreamError)) return false;
  const { failure, status, message } = error;
  return failure === 'status' && (status === 400 || status === 422) && MISSES_TEXTS.test(message);
}

/** It cuts nothing, and asks for raw scores only if told so. */
function toTexts({ query, documents }: RerankParams): object {
  return { query, texts: documents };
}
