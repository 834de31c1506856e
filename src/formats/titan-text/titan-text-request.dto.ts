import { IsOptional } from 'class-validator';
import { Nested } from '../../bedrock/validation/nested.decorator.js';
import { Float, Integer } from '../../bedrock/validation/number.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { Size } from '../../bedrock/validation/size.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';

export class TextGenerationConfigDto {
  @IsOptional() @Integer({ min: 0 }) maxTokenCount?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) temperature?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) topP?: number;

  @IsOptional() @Text({ min: 1 }, { each: true }) @Size() stopSequences?: string[];
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-text.html */
export class TitanTextRequestDto {
  @Required() @Text({ min: 1 }) inputText!: string;

  @IsOptional() @Nested(() => TextGenerationConfigDto) textGenerationConfig?: TextGenerationConfigDto;
}
