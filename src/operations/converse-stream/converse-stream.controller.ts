import { Controller, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import { ClientGone } from '../../server/client-gone.decorator.js';

import { JsonBody } from '../json-body.decorator.js';
import { ModelId } from '../model-id.decorator.js';
import type { Outcome } from '../outcome.js';
import { OutcomeInterceptor } from '../outcome.interceptor.js';
import { ConverseStreamService } from './converse-stream.service.js';
import { EventStreamInterceptor } from './event-stream.interceptor.js';
import type { OpenEvents } from './open-events.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
@Controller()
@UseInterceptors(OutcomeInterceptor, EventStreamInterceptor)
export class ConverseStreamController {
  constructor(private readonly converseStreamService: ConverseStreamService) {}

  @Post('model/*modelId/converse-stream')
  @HttpCode(200)
  converseStream(
    @ModelId() modelId: string,
    @JsonBody() request: ConverseRequestDto,
    @ClientGone() clientGone: AbortSignal,
  ): Outcome<Promise<OpenEvents>> {
    return this.converseStreamService.converseStream(modelId, request, clientGone);
  }
}
