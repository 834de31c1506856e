import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { CountTokensRequestDto } from '../../bedrock/count-tokens/count-tokens-request.dto.js';
import type { JsonReply } from '../../server/reply.js';
import { AdmissionGuard } from '../admission.guard.js';
import { JsonBody } from '../json-body.decorator.js';
import { CurrentContext, type OperationContext } from '../operation-context.js';
import { resultToReply } from '../operation-reply.js';
import { CountTokensService } from './count-tokens.service.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html */
@Controller()
@UseGuards(AdmissionGuard)
export class CountTokensController {
  constructor(private readonly countTokensService: CountTokensService) {}

  @Post('model/*modelId/count-tokens')
  @HttpCode(200)
  countTokens(
    @CurrentContext() context: OperationContext,
    @JsonBody() request: CountTokensRequestDto,
  ): JsonReply {
    return resultToReply(this.countTokensService.countTokens(request, context), context.exchange);
  }
}
