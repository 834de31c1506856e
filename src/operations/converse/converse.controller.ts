import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { JsonReply } from '../../server/reply.js';
import { PromptAdmissionGuard } from '../prompt-admission.guard.js';
import { JsonBody } from '../json-body.decorator.js';
import { resultToReply } from '../operation-reply.js';
import { CurrentContext, type OperationContext } from '../operation-context.js';
import { ConverseService } from './converse.service.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
@Controller()
@UseGuards(PromptAdmissionGuard)
export class ConverseController {
  constructor(private readonly converseService: ConverseService) {}

  @Post('model/*modelId/converse')
  @HttpCode(200)
  async converse(
    @CurrentContext() context: OperationContext,
    @JsonBody() request: ConverseRequestDto,
  ): Promise<JsonReply> {
    return resultToReply(await this.converseService.converse(request, context), context.exchange);
  }
}
