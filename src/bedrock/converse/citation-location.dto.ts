import { IsOptional } from 'class-validator';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Integer } from '../validation/number.decorator.js';
import { Text } from '../validation/text.decorator.js';

export class WebLocationDto {
  @IsOptional() @Text() url?: string;

  @IsOptional() @Text() domain?: string;
}

/** `start` and `end` count characters. */
export class DocumentCharLocationDto {
  @IsOptional() @Integer({ min: 0 }) documentIndex?: number;

  @IsOptional() @Integer({ min: 0 }) start?: number;

  @IsOptional() @Integer({ min: 0 }) end?: number;
}

/** `start` and `end` count pages. */
export class DocumentPageLocationDto {
  @IsOptional() @Integer({ min: 0 }) documentIndex?: number;

  @IsOptional() @Integer({ min: 0 }) start?: number;

  @IsOptional() @Integer({ min: 0 }) end?: number;
}

/** `start` and `end` count content chunks. */
export class DocumentChunkLocationDto {
  @IsOptional() @Integer({ min: 0 }) documentIndex?: number;

  @IsOptional() @Integer({ min: 0 }) start?: number;

  @IsOptional() @Integer({ min: 0 }) end?: number;
}

/** `start` and `end` count content blocks. */
export class SearchResultLocationDto {
  @IsOptional() @Integer({ min: 0 }) searchResultIndex?: number;

  @IsOptional() @Integer({ min: 0 }) start?: number;

  @IsOptional() @Integer({ min: 0 }) end?: number;
}

/** A union. */
@ExactlyOneOf()
export class CitationLocationDto {
  @IsOptional() @Nested(() => WebLocationDto) web?: WebLocationDto;

  @IsOptional() @Nested(() => DocumentCharLocationDto) documentChar?: DocumentCharLocationDto;

  @IsOptional() @Nested(() => DocumentPageLocationDto) documentPage?: DocumentPageLocationDto;

  @IsOptional() @Nested(() => DocumentChunkLocationDto) documentChunk?: DocumentChunkLocationDto;

  @IsOptional() @Nested(() => SearchResultLocationDto) searchResultLocation?: SearchResultLocationDto;
}
