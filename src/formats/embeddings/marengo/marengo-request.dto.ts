import { IsOptional } from 'class-validator';
import { Choice } from '../../../bedrock/validation/choice.decorator.js';
import { FreeForm } from '../../../bedrock/validation/free-form.decorator.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';

export class MarengoTextDto {
  @Required() @Text({ min: 1 }) inputText!: string;
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-marengo-3.html */
export class MarengoRequestDto {
  @Required() @Choice(['text', 'image', 'text_image', 'audio', 'video']) inputType!: string;

  @IsOptional() @Nested(() => MarengoTextDto) text?: MarengoTextDto;

  /** The text of version 2.7. */
  @IsOptional() @Text({ min: 1 }) inputText?: string;

  /** Version 2.7: which end is cut, `end` or `none`. */
  @IsOptional() @FreeForm() textTruncate?: unknown;
}
