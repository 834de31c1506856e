import { IsOptional } from 'class-validator';
import { Float, Integer } from '../validation/number.decorator.js';
import { Size } from '../validation/size.decorator.js';
import { Text } from '../validation/text.decorator.js';

/** `maxTokens` counts the tokens of the answer. `temperature` is at most 1, not 2 as in OpenAI. */
export class InferenceConfigurationDto {
  @IsOptional() @Integer({ min: 1 }) maxTokens?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) temperature?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) topP?: number;

  @IsOptional() @Text({ min: 1 }, { each: true }) @Size({ max: 2500 }) stopSequences?: string[];
}
