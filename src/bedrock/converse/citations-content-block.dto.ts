import { IsOptional } from 'class-validator';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Text } from '../validation/text.decorator.js';
import { CitationLocationDto } from './citation-location.dto.js';

/** A union with one member. */
@ExactlyOneOf()
export class CitationGeneratedContentDto {
  @IsOptional() @Text() text?: string;
}

/** A union with one member. */
@ExactlyOneOf()
export class CitationSourceContentDto {
  @IsOptional() @Text() text?: string;
}

export class CitationDto {
  @IsOptional() @Text() title?: string;

  @IsOptional() @Text() source?: string;

  @IsOptional()
  @Nested(() => CitationSourceContentDto, { each: true })
  sourceContent?: CitationSourceContentDto[];

  @IsOptional() @Nested(() => CitationLocationDto) location?: CitationLocationDto;
}

export class CitationsContentBlockDto {
  @IsOptional()
  @Nested(() => CitationGeneratedContentDto, { each: true })
  content?: CitationGeneratedContentDto[];

  @IsOptional() @Nested(() => CitationDto, { each: true }) citations?: CitationDto[];
}
