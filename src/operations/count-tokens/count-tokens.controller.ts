import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { CountTokensRequestDto } from '../../bedrock/count-tokens/count-tokens-request.dto.js';
import type { JsonReply } from '../../server/reply.js';
import { JsonBody } from '../json-body.decorator.js';
import { CurrentContext, type OperationContext } from '../operation-context.js';
import { resultToReply } from '../operation-reply.js';
import { CountAdmissionGuard } from './count-admission.guard.js';
import { CountInputService } from './count-input.service.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html */
@Controller()
@UseGuards(CountAdmissionGuard)
export class CountTokensController {
  constructor(private readonly countInputService: CountInputService) {}

  @Post('model/*modelId/count-tokens')
  @HttpCode(200)
  async countTokens(
    @CurrentContext() context: OperationContext,
    @JsonBody() request: CountTokensRequestDto,
  ): Promise<JsonReply> {
    return resultToReply(await this.countInputService.countInput(request, context), context.exchange);
  }
}
