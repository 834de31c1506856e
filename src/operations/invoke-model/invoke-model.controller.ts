import { Controller, HttpCode, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import type { JsonReply } from '../../server/reply.js';
import { PromptAdmissionGuard } from '../prompt-admission.guard.js';
import { EventStreamInterceptor } from '../event-stream/event-stream.interceptor.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import { JsonBody } from '../json-body.decorator.js';
import { CurrentContext, type OperationContext } from '../operation-context.js';
import { resultToReply } from '../operation-reply.js';
import { InvokeModelService } from './invoke-model.service.js';

/** Bodies are JSON in the format of the model's maker, whatever their content type says. */
@Controller()
@UseGuards(PromptAdmissionGuard)
export class InvokeModelController {
  constructor(private readonly invokeModelService: InvokeModelService) {}

  /** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html */
  @Post('model/*modelId/invoke')
  @HttpCode(200)
  async invokeModel(
    @CurrentContext() context: OperationContext,
    @JsonBody() body: unknown,
  ): Promise<JsonReply> {
    return resultToReply(await this.invokeModelService.invoke(body, context), context.exchange);
  }

  /** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html */
  @Post('model/*modelId/invoke-with-response-stream')
  @HttpCode(200)
  @UseInterceptors(EventStreamInterceptor)
  invokeModelWithResponseStream(
    @CurrentContext() context: OperationContext,
    @JsonBody() body: unknown,
  ): StreamResult<object> {
    return this.invokeModelService.stream(body, context);
  }
}
