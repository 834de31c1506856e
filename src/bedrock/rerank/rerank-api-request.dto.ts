import { IsOptional } from 'class-validator';
import { Choice } from '../validation/choice.decorator.js';
import { FreeForm } from '../validation/free-form.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Integer } from '../validation/number.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { Text } from '../validation/text.decorator.js';

const MAX_SOURCES = 1_000;
const TEXT = { min: 1, max: 32_000 };

export class RerankTextDocumentDto {
  @IsOptional() @Text(TEXT) text?: string;
}

export class RerankQueryDto {
  @Required() @Choice(['TEXT']) type!: 'TEXT';

  @Required() @Nested(() => RerankTextDocumentDto) textQuery!: RerankTextDocumentDto;
}

export class RerankDocumentDto {
  @Required() @Choice(['TEXT', 'JSON']) type!: 'TEXT' | 'JSON';

  @IsOptional() @Nested(() => RerankTextDocumentDto) textDocument?: RerankTextDocumentDto;

  /** Any JSON. */
  @IsOptional() @FreeForm() jsonDocument?: unknown;
}

export class RerankSourceDto {
  @Required() @Choice(['INLINE']) type!: 'INLINE';

  @Required() @Nested(() => RerankDocumentDto) inlineDocumentSource!: RerankDocumentDto;
}

export class BedrockRerankingModelConfigurationDto {
  /** A model id is accepted too. */
  @Required() @Text({ min: 1, max: 2_048 }) modelArn!: string;

  /** Members for the model, as an object. */
  @IsOptional() @FreeForm() additionalModelRequestFields?: unknown;
}

export class BedrockRerankingConfigurationDto {
  @Required()
  @Nested(() => BedrockRerankingModelConfigurationDto)
  modelConfiguration!: BedrockRerankingModelConfigurationDto;

  @IsOptional() @Integer({ min: 1, max: MAX_SOURCES }) numberOfResults?: number;
}

export class RerankingConfigurationDto {
  @Required() @Choice(['BEDROCK_RERANKING_MODEL']) type!: 'BEDROCK_RERANKING_MODEL';

  @Required()
  @Nested(() => BedrockRerankingConfigurationDto)
  bedrockRerankingConfiguration!: BedrockRerankingConfigurationDto;
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_Rerank.html */
export class RerankApiRequestDto {
  @Required() @Nested(() => RerankQueryDto, { each: true, min: 1, max: 1 }) queries!: RerankQueryDto[];

  @Required()
  @Nested(() => RerankSourceDto, { each: true, min: 1, max: MAX_SOURCES })
  sources!: RerankSourceDto[];

  @Required() @Nested(() => RerankingConfigurationDto) rerankingConfiguration!: RerankingConfigurationDto;

  @IsOptional() @Text({ min: 1, max: 2_048 }) nextToken?: string;
}
