import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { Exchange } from '../../observability/exchange.js';
import { CurrentExchange } from '../../observability/exchanges.js';
import type { ModelRoute } from '../../routing/model-route.js';
import type { Abandonment } from '../../server/abandonment.js';
import { ClientGone } from '../../server/client-gone.decorator.js';
import type { JsonReply } from '../../server/reply.js';
import { AdmissionGuard } from '../admission.guard.js';
import { AdmittedRoute } from '../admitted-route.js';
import { JsonBody } from '../json-body.decorator.js';
import { outcomeToReply } from '../outcome-reply.js';
import { ConverseService } from './converse.service.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
@Controller()
@UseGuards(AdmissionGuard)
export class ConverseController {
  constructor(private readonly converseService: ConverseService) {}

  @Post('model/*modelId/converse')
  @HttpCode(200)
  async converse(
    @AdmittedRoute() route: ModelRoute,
    @JsonBody() request: ConverseRequestDto,
    @ClientGone() clientGone: Abandonment,
    @CurrentExchange() exchange: Exchange,
  ): Promise<JsonReply> {
    return outcomeToReply(
      await this.converseService.converse({ route, request, clientGone, exchange }),
      exchange,
    );
  }
}
