import { IsOptional } from 'class-validator';
import { Blob } from '../validation/blob.decorator.js';
import { Choice } from '../validation/choice.decorator.js';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { ErrorBlockDto } from './error-block.dto.js';
import { S3LocationDto } from './s3-location.dto.js';

const IMAGE_FORMATS = ['png', 'jpeg', 'gif', 'webp'] as const;

export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** A union. `bytes` is base64. */
@ExactlyOneOf()
export class ImageSourceDto {
  @IsOptional() @Blob({ min: 1 }) bytes?: string;

  @IsOptional() @Nested(() => S3LocationDto) s3Location?: S3LocationDto;
}

export class ImageBlockDto {
  @Required() @Choice(IMAGE_FORMATS) format!: ImageFormat;

  @Required() @Nested(() => ImageSourceDto) source!: ImageSourceDto;

  @IsOptional() @Nested(() => ErrorBlockDto) error?: ErrorBlockDto;
}
