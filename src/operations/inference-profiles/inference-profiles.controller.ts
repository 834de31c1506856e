import { Controller, Get, Query } from '@nestjs/common';
import { CurrentClient } from '../../auth/current-client.js';
import type {
  InferenceProfileSummary,
  ListInferenceProfilesResponse,
} from '../../bedrock/inference-profiles/inference-profile.js';
import { ListInferenceProfilesRequestDto } from '../../bedrock/inference-profiles/list-inference-profiles-request.dto.js';
import type { ModelId as ReadModelId } from '../../bedrock/model-id.js';
import { BedrockValidationPipe } from '../../bedrock/validation/validation.pipe.js';
import type { Client } from '../../config/configuration.js';
import { ModelId } from '../model-id.decorator.js';
import { InferenceProfilesService } from './inference-profiles.service.js';
import { PageQueryPipe } from './pagination.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListInferenceProfiles.html */
@Controller('inference-profiles')
export class InferenceProfilesController {
  constructor(private readonly inferenceProfiles: InferenceProfilesService) {}

  @Get()
  listInferenceProfiles(
    @Query(PageQueryPipe, BedrockValidationPipe) query: ListInferenceProfilesRequestDto,
    @CurrentClient() client: Client,
  ): ListInferenceProfilesResponse {
    return this.inferenceProfiles.list(query, client);
  }

  @Get('*modelId')
  getInferenceProfile(
    @ModelId() identifier: ReadModelId,
    @CurrentClient() client: Client,
  ): InferenceProfileSummary {
    return this.inferenceProfiles.get(identifier, client);
  }
}
