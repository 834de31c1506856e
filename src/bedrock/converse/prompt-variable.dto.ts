import { IsOptional } from 'class-validator';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Text } from '../validation/text.decorator.js';

/** A union with one member. */
@ExactlyOneOf()
export class PromptVariableValuesDto {
  @IsOptional() @Text() text?: string;
}
