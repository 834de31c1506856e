import { IsOptional } from 'class-validator';
import { Float, Integer } from '../../bedrock/validation/number.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { Size } from '../../bedrock/validation/size.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-meta.html */
export class LlamaRequestDto {
  @Required() @Text({ min: 1 }) prompt!: string;

  @IsOptional() @Integer({ min: 1 }) max_gen_len?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) temperature?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) top_p?: number;

  /** Base64. */
  @IsOptional() @Text({ min: 1 }, { each: true }) @Size() images?: string[];
}
