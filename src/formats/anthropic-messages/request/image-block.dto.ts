import { IsOptional } from 'class-validator';
import { Blob } from '../../../bedrock/validation/blob.decorator.js';
import { Choice } from '../../../bedrock/validation/choice.decorator.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { OneOfVariants } from '../../../bedrock/validation/variants.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';
import { byType } from './block-types.js';
import { CacheControlDto } from './cache-control.dto.js';

/** `image/jpg` is not a media type, but clients send it. */
const IMAGE_MEDIA_TYPES = ['image/jpeg', 'image/jpg', 'image/png', 'image/gif', 'image/webp'] as const;

export type ImageMediaType = (typeof IMAGE_MEDIA_TYPES)[number];

class Base64ImageSourceDto {
  readonly type!: 'base64';

  @Required() @Choice(IMAGE_MEDIA_TYPES) media_type!: ImageMediaType;

  @Required() @Blob({ min: 1 }) data!: string;
}

export class UrlSourceDto {
  readonly type!: 'url';

  @Required() @Text({ min: 1 }) url!: string;
}

export class FileSourceDto {
  readonly type!: 'file';

  @Required() @Text({ min: 1 }) file_id!: string;
}

export type ImageSource = Base64ImageSourceDto | UrlSourceDto | FileSourceDto;

const IMAGE_SOURCES = byType({
  base64: () => Base64ImageSourceDto,
  url: () => UrlSourceDto,
  file: () => FileSourceDto,
});

export class ImageBlockDto {
  readonly type!: 'image';

  @Required() @OneOfVariants(IMAGE_SOURCES) source!: ImageSource;

  @IsOptional() @Nested(() => CacheControlDto) cache_control?: CacheControlDto;
}
