import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import type { InvokeGuardrailChecksResponse } from '../../bedrock/guardrails/guardrail-checks.js';
import { InvokeGuardrailChecksRequestDto } from '../../bedrock/guardrails/guardrail-checks-request.dto.js';
import { AdmissionGuard } from '../admission.guard.js';
import { CurrentExamination } from '../guardrails/examined-request.decorator.js';
import type { ExaminedRequest } from '../guardrails/moderations.js';
import { JsonBody } from '../json-body.decorator.js';
import { GuardrailChecksService } from './guardrail-checks.service.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeGuardrailChecks.html */
@Controller()
@UseGuards(AdmissionGuard)
export class GuardrailChecksController {
  constructor(private readonly guardrailChecksService: GuardrailChecksService) {}

  @Post('guardrail-checks/invoke')
  @HttpCode(200)
  invokeGuardrailChecks(
    @JsonBody() body: InvokeGuardrailChecksRequestDto,
    @CurrentExamination() request: ExaminedRequest,
  ): Promise<InvokeGuardrailChecksResponse> {
    return this.guardrailChecksService.check(body, request);
  }
}
