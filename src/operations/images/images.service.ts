import { Injectable } from '@nestjs/common';
import type { ImageRequest } from '../../bedrock/images/image-request.js';
import type { ModelRequest } from '../../observability/operation-report.js';
import { IMAGE_GENERATIONS } from '../../openai/endpoint.js';
import type { ImageParams } from '../../openai/images/image-params.js';
import { ImagesGateway } from '../../openai/images/images.gateway.js';
import { ImagesMapper } from '../../translation/images/images.mapper.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { type Attempt, TargetFailover } from '../target-failover.js';
import { withReported } from '../with-reported.js';

/** Generates images: maps the request for a target of the route, and asks the gateway. */
@Injectable()
export class ImagesService {
  constructor(
    private readonly mapper: ImagesMapper,
    private readonly gateway: ImagesGateway,
    private readonly failover: TargetFailover,
  ) {}

  /**
   * @param reported native paths that the format does not carry
   * @throws BedrockException for whatever is wrong with the request or the upstreams
   */
  async generate(
    request: ImageRequest,
    context: OperationContext,
    reported: readonly string[],
  ): Promise<OperationResult<readonly string[]>> {
    const { answer, report } = this.failover.run(context, {
      ...imagesRequest(request),
      endpointOf: () => IMAGE_GENERATIONS,
      prepare: (target) => withReported(this.mapper.map(request, target), reported),
      call: ({ target, params, options }: Attempt<ImageParams>) =>
        this.gateway.generate(target, params, options),
    });
    return { answer: await answer, report };
  }
}

/** What a request asks for, as records name it. */
export function imagesRequest({ count: choices }: ImageRequest): ModelRequest {
  return { genAiOperation: 'generate_content', parameters: { choices } };
}
