import { Controller, HttpCode, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { Exchange } from '../../observability/exchange.js';
import { CurrentExchange } from '../../observability/exchanges.js';
import type { ModelRoute } from '../../routing/model-route.js';
import type { Abandonment } from '../../server/abandonment.js';
import { ClientGone } from '../../server/client-gone.decorator.js';
import { AdmissionGuard } from '../admission.guard.js';
import { AdmittedRoute } from '../admitted-route.js';
import { JsonBody } from '../json-body.decorator.js';
import type { Outcome } from '../outcome.js';
import { OutcomeInterceptor } from '../outcome.interceptor.js';
import { ConverseStreamService } from './converse-stream.service.js';
import { EventStreamInterceptor } from './event-stream.interceptor.js';
import type { OpenEvents } from './open-events.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
@Controller()
@UseGuards(AdmissionGuard)
@UseInterceptors(OutcomeInterceptor, EventStreamInterceptor)
export class ConverseStreamController {
  constructor(private readonly converseStreamService: ConverseStreamService) {}

  @Post('model/*modelId/converse-stream')
  @HttpCode(200)
  converseStream(
    @AdmittedRoute() route: ModelRoute,
    @JsonBody() request: ConverseRequestDto,
    @ClientGone() clientGone: Abandonment,
    @CurrentExchange() exchange: Exchange,
  ): Outcome<Promise<OpenEvents>> {
    return this.converseStreamService.converseStream({ route, request, clientGone, exchange });
  }
}
