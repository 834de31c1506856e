import { IsOptional } from 'class-validator';
import { Float, Integer } from '../../bedrock/validation/number.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { Size } from '../../bedrock/validation/size.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-text-completion.html */
export class AnthropicTextRequestDto {
  @Required() @Text({ min: 1 }) prompt!: string;

  @Required() @Integer({ min: 1 }) max_tokens_to_sample!: number;

  @IsOptional() @Float({ min: 0, max: 1 }) temperature?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) top_p?: number;

  @IsOptional() @Integer({ min: 0 }) top_k?: number;

  @IsOptional() @Text({ min: 1 }, { each: true }) @Size() stop_sequences?: string[];

  /** `bedrock-2023-05-31` and the like. */
  @IsOptional() @Text() anthropic_version?: string;
}
