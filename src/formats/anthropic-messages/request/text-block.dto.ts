import { IsOptional } from 'class-validator';
import { FreeForm } from '../../../bedrock/validation/free-form.decorator.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';
import { byType } from './block-types.js';
import { CacheControlDto } from './cache-control.dto.js';

export class TextBlockDto {
  readonly type!: 'text';

  @Required() @Text() text!: string;

  /** Of an earlier answer. Its text repeats nothing that the block does not say. */
  @IsOptional() @FreeForm() citations?: unknown;

  @IsOptional() @Nested(() => CacheControlDto) cache_control?: CacheControlDto;
}

/** Where Anthropic takes text alone. */
export const TEXT_BLOCKS = byType({ text: () => TextBlockDto });
