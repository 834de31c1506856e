import { Controller, Get, Param, Query } from '@nestjs/common';
import { CurrentClient } from '../../auth/current-client.js';
import type { GetPromptResponse, ListPromptsResponse } from '../../bedrock/prompts/prompt.js';
import { GetPromptRequestDto, ListPromptsRequestDto } from '../../bedrock/prompts/prompt-requests.dto.js';
import { BedrockValidationPipe } from '../../bedrock/validation/validation.pipe.js';
import type { Client } from '../../config/configuration.js';
import { PageQueryPipe } from '../inference-profiles/pagination.js';
import { PromptCatalogService } from './prompt-catalog.service.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_ListPrompts.html */
@Controller('prompts')
export class PromptCatalogController {
  constructor(private readonly catalog: PromptCatalogService) {}

  @Get()
  listPrompts(
    @Query(PageQueryPipe, BedrockValidationPipe) query: ListPromptsRequestDto,
    @CurrentClient() client: Client,
  ): ListPromptsResponse {
    return this.catalog.list(query, client);
  }

  @Get('*promptIdentifier')
  getPrompt(
    @Param('promptIdentifier') identifier: string | string[],
    @Query(BedrockValidationPipe) query: GetPromptRequestDto,
    @CurrentClient() client: Client,
  ): GetPromptResponse {
    return this.catalog.get(identifierOf(identifier), query, client);
  }
}

/** SDKs write a slash behind the identifier. */
function identifierOf(segments: string | string[]): string {
  return [segments].flat().join('/').replace(/\/$/, '');
}
