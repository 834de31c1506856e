import { IsOptional } from 'class-validator';
import { Blob } from '../validation/blob.decorator.js';
import { Choice } from '../validation/choice.decorator.js';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';

import { S3LocationDto } from './s3-location.dto.js';

const VIDEO_FORMATS = ['mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp'] as const;

export type VideoFormat = (typeof VIDEO_FORMATS)[number];

/** A union. `bytes` is base64. */
@ExactlyOneOf()
export class VideoSourceDto {
  @IsOptional() @Blob({ min: 1 }) bytes?: string;

  @IsOptional() @Nested(() => S3LocationDto) s3Location?: S3LocationDto;
}

export class VideoBlockDto {
  @Required() @Choice(VIDEO_FORMATS) format!: VideoFormat;

  @Required() @Nested(() => VideoSourceDto) source!: VideoSourceDto;
}
