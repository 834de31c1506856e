import { Controller, Get, Param, Query } from '@nestjs/common';
import type { GetGuardrailResponse, ListGuardrailsResponse } from '../../bedrock/guardrails/guardrail.js';
import {
  GetGuardrailRequestDto,
  ListGuardrailsRequestDto,
} from '../../bedrock/guardrails/list-guardrails-request.dto.js';
import { BedrockValidationPipe } from '../../bedrock/validation/validation.pipe.js';
import { PageQueryPipe } from '../inference-profiles/pagination.js';
import { GuardrailCatalogService } from './guardrail-catalog.service.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListGuardrails.html */
@Controller('guardrails')
export class GuardrailCatalogController {
  constructor(private readonly catalog: GuardrailCatalogService) {}

  @Get()
  listGuardrails(
    @Query(PageQueryPipe, BedrockValidationPipe) query: ListGuardrailsRequestDto,
  ): ListGuardrailsResponse {
    return this.catalog.list(query);
  }

  @Get('*guardrailIdentifier')
  getGuardrail(
    @Param('guardrailIdentifier') identifier: string | string[],
    @Query(BedrockValidationPipe) query: GetGuardrailRequestDto,
  ): GetGuardrailResponse {
    return this.catalog.get([identifier].flat().join('/'), query);
  }
}
