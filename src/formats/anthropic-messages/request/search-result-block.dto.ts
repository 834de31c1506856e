import { IsOptional } from 'class-validator';
import { CitationsConfigDto } from '../../../bedrock/converse/citations-config.dto.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { OneOfVariants } from '../../../bedrock/validation/variants.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';
import { CacheControlDto } from './cache-control.dto.js';
import { TEXT_BLOCKS, type TextBlockDto } from './text-block.dto.js';

export class SearchResultBlockDto {
  readonly type!: 'search_result';

  @Required() @Text() source!: string;

  @Required() @Text() title!: string;

  @Required() @OneOfVariants(TEXT_BLOCKS, { each: true }) content!: TextBlockDto[];

  @IsOptional() @Nested(() => CitationsConfigDto) citations?: CitationsConfigDto;

  @IsOptional() @Nested(() => CacheControlDto) cache_control?: CacheControlDto;
}
