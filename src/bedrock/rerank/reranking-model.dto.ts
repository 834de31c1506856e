import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { BedrockRerankingModelConfigurationDto } from './rerank-api-request.dto.js';

export class ConfigurationOfModelDto {
  @Required()
  @Nested(() => BedrockRerankingModelConfigurationDto)
  modelConfiguration!: BedrockRerankingModelConfigurationDto;
}

export class ConfigurationOfRerankingDto {
  @Required()
  @Nested(() => ConfigurationOfModelDto)
  bedrockRerankingConfiguration!: ConfigurationOfModelDto;
}

/** The part of a Rerank request that names the model. */
export class RerankingModelDto {
  @Required() @Nested(() => ConfigurationOfRerankingDto) rerankingConfiguration!: ConfigurationOfRerankingDto;
}
