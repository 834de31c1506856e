import { Controller, HttpCode, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseStreamEvent } from '../../bedrock/converse/converse-stream-event.js';
import { PromptAdmissionGuard } from '../prompt-admission.guard.js';
import { EventStreamInterceptor } from '../event-stream/event-stream.interceptor.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import { JsonBody } from '../json-body.decorator.js';
import { CurrentContext, type OperationContext } from '../operation-context.js';
import { ConverseStreamService } from './converse-stream.service.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
@Controller()
@UseGuards(PromptAdmissionGuard)
@UseInterceptors(EventStreamInterceptor)
export class ConverseStreamController {
  constructor(private readonly converseStreamService: ConverseStreamService) {}

  @Post('model/*modelId/converse-stream')
  @HttpCode(200)
  converseStream(
    @CurrentContext() context: OperationContext,
    @JsonBody() request: ConverseRequestDto,
  ): StreamResult<ConverseStreamEvent> {
    return this.converseStreamService.converseStream(request, context);
  }
}
