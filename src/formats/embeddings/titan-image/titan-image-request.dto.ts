import { IsOptional } from 'class-validator';
import { Blob } from '../../../bedrock/validation/blob.decorator.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { Integer } from '../../../bedrock/validation/number.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';

export class TitanEmbeddingConfigDto {
  @IsOptional() @Integer({ min: 1 }) outputEmbeddingLength?: number;
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-mm.html */
export class TitanImageEmbeddingRequestDto {
  @IsOptional() @Text({ min: 1 }) inputText?: string;

  @IsOptional() @Blob({ min: 1 }) inputImage?: string;

  @IsOptional() @Nested(() => TitanEmbeddingConfigDto) embeddingConfig?: TitanEmbeddingConfigDto;
}
