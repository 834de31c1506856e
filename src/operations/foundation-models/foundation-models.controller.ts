import { Controller, Get, Query } from '@nestjs/common';
import { CurrentClient } from '../../auth/current-client.js';
import type {
  GetFoundationModelResponse,
  ListFoundationModelsResponse,
} from '../../bedrock/foundation-models/foundation-model.js';
import { ListFoundationModelsRequestDto } from '../../bedrock/foundation-models/list-foundation-models-request.dto.js';
import type { ModelId as ReadModelId } from '../../bedrock/model-id.js';
import { BedrockValidationPipe } from '../../bedrock/validation/validation.pipe.js';
import type { Client } from '../../config/configuration.js';
import { ModelId } from '../model-id.decorator.js';
import { FoundationModelsService } from './foundation-models.service.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html */
@Controller('foundation-models')
export class FoundationModelsController {
  constructor(private readonly foundationModels: FoundationModelsService) {}

  @Get()
  listFoundationModels(
    @Query(BedrockValidationPipe) query: ListFoundationModelsRequestDto,
    @CurrentClient() client: Client,
  ): ListFoundationModelsResponse {
    return this.foundationModels.list(query, client);
  }

  @Get('*modelId')
  getFoundationModel(
    @ModelId() identifier: ReadModelId,
    @CurrentClient() client: Client,
  ): GetFoundationModelResponse {
    return this.foundationModels.get(identifier, client);
  }
}
