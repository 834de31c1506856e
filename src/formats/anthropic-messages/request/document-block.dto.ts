import { IsOptional } from 'class-validator';
import { CitationsConfigDto } from '../../../bedrock/converse/citations-config.dto.js';
import { Blob } from '../../../bedrock/validation/blob.decorator.js';
import { Choice } from '../../../bedrock/validation/choice.decorator.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { OneOfVariants, TextOrVariants } from '../../../bedrock/validation/variants.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';
import { byType } from './block-types.js';
import { CacheControlDto } from './cache-control.dto.js';
import { FileSourceDto, ImageBlockDto, UrlSourceDto } from './image-block.dto.js';
import { TextBlockDto } from './text-block.dto.js';

class Base64PdfSourceDto {
  readonly type!: 'base64';

  @Required() @Choice(['application/pdf']) media_type!: 'application/pdf';

  @Required() @Blob({ min: 1 }) data!: string;
}

class PlainTextSourceDto {
  readonly type!: 'text';

  @Required() @Choice(['text/plain']) media_type!: 'text/plain';

  @Required() @Text() data!: string;
}

const SOURCE_CONTENT = byType({ text: () => TextBlockDto, image: () => ImageBlockDto });

export class ContentSourceDto {
  readonly type!: 'content';

  @Required() @TextOrVariants(SOURCE_CONTENT) content!: string | (TextBlockDto | ImageBlockDto)[];
}

export type DocumentSource =
  Base64PdfSourceDto | PlainTextSourceDto | ContentSourceDto | UrlSourceDto | FileSourceDto;

const DOCUMENT_SOURCES = byType({
  base64: () => Base64PdfSourceDto,
  text: () => PlainTextSourceDto,
  content: () => ContentSourceDto,
  url: () => UrlSourceDto,
  file: () => FileSourceDto,
});

export class DocumentBlockDto {
  readonly type!: 'document';

  @Required() @OneOfVariants(DOCUMENT_SOURCES) source!: DocumentSource;

  @IsOptional() @Text() title?: string;

  @IsOptional() @Text() context?: string;

  @IsOptional() @Nested(() => CitationsConfigDto) citations?: CitationsConfigDto;

  @IsOptional() @Nested(() => CacheControlDto) cache_control?: CacheControlDto;
}
