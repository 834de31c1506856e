import { IsOptional } from 'class-validator';
import { Blob } from '../validation/blob.decorator.js';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { Text } from '../validation/text.decorator.js';

export class ReasoningTextBlockDto {
  @Required() @Text() text!: string;

  @IsOptional() @Text() signature?: string;
}

/** A union. `redactedContent` is base64. */
@ExactlyOneOf()
export class ReasoningContentBlockDto {
  @IsOptional() @Nested(() => ReasoningTextBlockDto) reasoningText?: ReasoningTextBlockDto;

  @IsOptional() @Blob() redactedContent?: string;
}
