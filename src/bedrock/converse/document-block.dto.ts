import { IsOptional } from 'class-validator';
import { Blob } from '../validation/blob.decorator.js';
import { Choice } from '../validation/choice.decorator.js';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { Text } from '../validation/text.decorator.js';
import { CitationsConfigDto } from './citations-config.dto.js';
import { S3LocationDto } from './s3-location.dto.js';

const DOCUMENT_FORMATS = ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'] as const;

export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

/** A union with one member. */
@ExactlyOneOf()
export class DocumentContentBlockDto {
  @IsOptional() @Text() text?: string;
}

/** A union. `bytes` is base64. */
@ExactlyOneOf()
export class DocumentSourceDto {
  @IsOptional() @Blob({ min: 1 }) bytes?: string;

  @IsOptional() @Nested(() => S3LocationDto) s3Location?: S3LocationDto;

  @IsOptional() @Text() text?: string;

  @IsOptional() @Nested(() => DocumentContentBlockDto, { each: true }) content?: DocumentContentBlockDto[];
}

export class DocumentBlockDto {
  @IsOptional() @Choice(DOCUMENT_FORMATS) format?: DocumentFormat;

  @Required() @Text({ min: 1, max: 200 }) name!: string;

  @Required() @Nested(() => DocumentSourceDto) source!: DocumentSourceDto;

  @IsOptional() @Text() context?: string;

  @IsOptional() @Nested(() => CitationsConfigDto) citations?: CitationsConfigDto;
}
