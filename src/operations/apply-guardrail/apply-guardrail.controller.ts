import { Controller, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import type { ApplyGuardrailResponse } from '../../bedrock/guardrails/apply-guardrail.js';
import { ApplyGuardrailRequestDto } from '../../bedrock/guardrails/apply-guardrail-request.dto.js';
import { AdmissionGuard } from '../admission.guard.js';
import { CurrentExamination } from '../guardrails/examined-request.decorator.js';
import type { ExaminedRequest } from '../guardrails/moderations.js';
import { JsonBody } from '../json-body.decorator.js';
import { ApplyGuardrailService } from './apply-guardrail.service.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html */
@Controller()
@UseGuards(AdmissionGuard)
export class ApplyGuardrailController {
  constructor(private readonly applyGuardrailService: ApplyGuardrailService) {}

  @Post('guardrail/*guardrailIdentifier/version/:guardrailVersion/apply')
  @HttpCode(200)
  applyGuardrail(
    @Param('guardrailIdentifier') identifier: string | string[],
    @Param('guardrailVersion') version: string,
    @JsonBody() body: ApplyGuardrailRequestDto,
    @CurrentExamination() request: ExaminedRequest,
  ): Promise<ApplyGuardrailResponse> {
    const guardrail = { identifier: [identifier].flat().join('/'), version };
    return this.applyGuardrailService.apply(guardrail, body, request);
  }
}
