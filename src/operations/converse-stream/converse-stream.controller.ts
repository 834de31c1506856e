import { Controller, HttpCode, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import { AdmissionGuard } from '../admission.guard.js';
import { JsonBody } from '../json-body.decorator.js';
import type { OperationResult } from '../operation-result.js';
import { OperationResultInterceptor } from '../operation-result.interceptor.js';
import { CurrentContext, type OperationContext } from '../operation-context.js';
import { ConverseStreamService } from './converse-stream.service.js';
import { EventStreamInterceptor } from './event-stream.interceptor.js';
import type { OpenEvents } from './open-events.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
@Controller()
@UseGuards(AdmissionGuard)
@UseInterceptors(OperationResultInterceptor, EventStreamInterceptor)
export class ConverseStreamController {
  constructor(private readonly converseStreamService: ConverseStreamService) {}

  @Post('model/*modelId/converse-stream')
  @HttpCode(200)
  converseStream(
    @CurrentContext() passage: OperationContext,
    @JsonBody() request: ConverseRequestDto,
  ): OperationResult<Promise<OpenEvents>> {
    return this.converseStreamService.converseStream({ ...passage, request });
  }
}
