import { Injectable } from '@nestjs/common';
import { IMAGE_GENERATIONS } from '../endpoint.js';
import { errorInAnswer } from '../error-body.js';
import { parseWithNumberLists } from '../number-lists.js';
import { OpenAIGateway } from '../openai.gateway.js';
import { RefusedFields } from '../refused-fields.js';
import type { CallOptions } from '../upstream-call.js';
import type { UpstreamTarget } from '../upstream-target.js';
import type { ImageParams } from './image-params.js';
import { bodyToImages } from './images-answer.js';

/** Calls `POST {base}/images/generations` of an upstream. */
@Injectable()
export class ImagesGateway {
  /** The gpt-image models always answer with base64, and refuse to be asked for it. */
  readonly #refusedFields = new RefusedFields(['response_format']);

  constructor(private readonly gateway: OpenAIGateway) {}

  /** → the images as base64. @throws UpstreamError */
  async generate(target: UpstreamTarget, params: ImageParams, options: CallOptions): Promise<string[]> {
    const known = this.#refusedFields.apply(target.upstream, params);
    try {
      return await this.#call(target, known, options);
    } catch (error) {
      if (!this.#refusedFields.learn(target.upstream, known, error)) throw error;
      return this.#call(target, this.#refusedFields.apply(target.upstream, known), options);
    }
  }

  async #call(target: UpstreamTarget, params: ImageParams, options: CallOptions): Promise<string[]> {
    const body = parseWithNumberLists(
      await this.gateway.postForBytes(target, IMAGE_GENERATIONS, params, options),
    );
    const error = errorInAnswer(body);
    if (error !== undefined) throw error;
    return bodyToImages(body);
  }
}
