import { IsOptional } from 'class-validator';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { Text } from '../validation/text.decorator.js';
import { CitationsConfigDto } from './citations-config.dto.js';

export class SearchResultContentBlockDto {
  @Required() @Text() text!: string;
}

export class SearchResultBlockDto {
  @Required() @Text() source!: string;

  @Required() @Text() title!: string;

  @Required()
  @Nested(() => SearchResultContentBlockDto, { each: true })
  content!: SearchResultContentBlockDto[];

  @IsOptional() @Nested(() => CitationsConfigDto) citations?: CitationsConfigDto;
}
