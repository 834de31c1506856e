import { Injectable } from '@nestjs/common';
import type { ImageRequest } from '../../bedrock/images/image-request.js';
import type { ImageParams } from '../../openai/images/image-params.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { IgnoredMembers } from '../request/ignored-members.js';
import { TranslationOptions } from '../translation.options.js';
import { toImageParams } from './image-params.js';

/** Requests for images → the body of the upstream request. */
@Injectable()
export class ImagesMapper {
  constructor(private readonly options: TranslationOptions) {}

  map(
    request: ImageRequest,
    target: UpstreamTarget,
  ): { readonly params: ImageParams; readonly ignored: readonly string[] } {
    const ignored = new IgnoredMembers(this.options.unsupportedParameters);
    return { params: toImageParams(request, target, ignored), ignored: ignored.list() };
  }
}
