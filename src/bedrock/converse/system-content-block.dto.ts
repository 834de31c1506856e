import { IsOptional } from 'class-validator';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Text } from '../validation/text.decorator.js';
import { CachePointBlockDto } from './cache-point.dto.js';
import { GuardrailConverseContentBlockDto } from './guard-content-block.dto.js';

/** A union. */
@ExactlyOneOf()
export class SystemContentBlockDto {
  @IsOptional() @Text({ min: 1 }) text?: string;

  @IsOptional()
  @Nested(() => GuardrailConverseContentBlockDto)
  guardContent?: GuardrailConverseContentBlockDto;

  @IsOptional() @Nested(() => CachePointBlockDto) cachePoint?: CachePointBlockDto;
}
