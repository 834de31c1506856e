import type { IncomingMessage } from 'node:http';
import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { CurrentClient } from '../../auth/current-client.js';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { RerankApiRequestDto } from '../../bedrock/rerank/rerank-api-request.dto.js';
import { RerankingModelDto } from '../../bedrock/rerank/reranking-model.dto.js';
import { unknownMembers } from '../../bedrock/validation/unknown-members.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import type { Client } from '../../config/configuration.js';
import type { JsonReply } from '../../server/reply.js';
import { apiToRerankRequest, resultToApi } from '../../translation/rerank/rerank-api.js';
import { AdmissionGuard } from '../admission.guard.js';
import { ConverseGuards } from '../guardrails/converse-guards.js';
import { namesGuardrail } from '../invoke-model/guardrail-headers.js';
import { JsonBody } from '../json-body.decorator.js';
import { ModelAdmission } from '../model-admission.js';
import { readModelId } from '../model-id.js';
import { contextOf, CurrentRequest } from '../operation-context.js';
import { resultToReply } from '../operation-reply.js';
import { RerankService } from './rerank.service.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_Rerank.html */
@Controller()
@UseGuards(AdmissionGuard)
export class RerankController {
  constructor(
    private readonly rerankService: RerankService,
    private readonly admission: ModelAdmission,
    private readonly guards: ConverseGuards,
  ) {}

  @Post('rerank')
  @HttpCode(200)
  async rerank(
    @CurrentRequest() message: IncomingMessage,
    @CurrentClient() client: Client,
    @JsonBody() body: unknown,
  ): Promise<JsonReply> {
    const { rerankingConfiguration } = validated(RerankingModelDto, body);
    const { modelArn } = rerankingConfiguration.bedrockRerankingConfiguration.modelConfiguration;
    this.admission.admit(message, client, readModelId(modelArn));
    if (this.guards.areConfigured && namesGuardrail(message.headers)) throw unguarded();
    const context = contextOf(message);
    const native = validated(RerankApiRequestDto, body);
    const request = apiToRerankRequest(native);
    const unknown = unknownMembers(RerankApiRequestDto, native);
    const result = await this.rerankService.rerank(request, context, unknown);
    return resultToReply({ ...result, answer: resultToApi(result.answer) }, context.exchange);
  }
}

/** Bedrock has no guardrails here, so the header asks for something that nobody would do. */
function unguarded(): ValidationException {
  return new ValidationException(
    'Guardrails are not applied by Rerank: they are for models that generate. Use ApplyGuardrail for its texts.',
  );
}
