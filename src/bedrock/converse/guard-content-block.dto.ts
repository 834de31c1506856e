import { IsOptional } from 'class-validator';
import { Blob } from '../validation/blob.decorator.js';
import { Choice } from '../validation/choice.decorator.js';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { Size } from '../validation/size.decorator.js';
import { Text } from '../validation/text.decorator.js';

const GUARD_CONTENT_QUALIFIERS = ['grounding_source', 'query', 'guard_content'] as const;

export type GuardContentQualifier = (typeof GUARD_CONTENT_QUALIFIERS)[number];

const GUARD_CONTENT_IMAGE_FORMATS = ['png', 'jpeg'] as const;

export type GuardContentImageFormat = (typeof GUARD_CONTENT_IMAGE_FORMATS)[number];

export class GuardrailConverseTextBlockDto {
  @Required() @Text() text!: string;

  @IsOptional()
  @Choice(GUARD_CONTENT_QUALIFIERS, { each: true })
  @Size()
  qualifiers?: GuardContentQualifier[];
}

/** A union with one member. `bytes` is base64. */
@ExactlyOneOf()
export class GuardrailConverseImageSourceDto {
  @IsOptional() @Blob({ min: 1 }) bytes?: string;
}

export class GuardrailConverseImageBlockDto {
  @Required() @Choice(GUARD_CONTENT_IMAGE_FORMATS) format!: GuardContentImageFormat;

  @Required() @Nested(() => GuardrailConverseImageSourceDto) source!: GuardrailConverseImageSourceDto;
}

/** A union. */
@ExactlyOneOf()
export class GuardrailConverseContentBlockDto {
  @IsOptional() @Nested(() => GuardrailConverseTextBlockDto) text?: GuardrailConverseTextBlockDto;

  @IsOptional() @Nested(() => GuardrailConverseImageBlockDto) image?: GuardrailConverseImageBlockDto;
}
