import { IsOptional } from 'class-validator';
import { Float, Integer } from '../../bedrock/validation/number.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { Size } from '../../bedrock/validation/size.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-deepseek.html */
export class TextCompletionRequestDto {
  @Required() @Text({ min: 1 }) prompt!: string;

  @IsOptional() @Integer({ min: 1 }) max_tokens?: number;

  @IsOptional() @Float({ min: 0, max: 2 }) temperature?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) top_p?: number;

  @IsOptional() @Text({ min: 1 }, { each: true }) @Size() stop?: string[];
}
