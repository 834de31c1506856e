import { IsOptional } from 'class-validator';
import { Blob } from '../validation/blob.decorator.js';
import { Choice } from '../validation/choice.decorator.js';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { ErrorBlockDto } from './error-block.dto.js';
import { S3LocationDto } from './s3-location.dto.js';

const AUDIO_FORMATS = [
  'mp3',
  'opus',
  'wav',
  'aac',
  'flac',
  'mp4',
  'ogg',
  'mkv',
  'mka',
  'x-aac',
  'm4a',
  'mpeg',
  'mpga',
  'pcm',
  'webm',
] as const;

export type AudioFormat = (typeof AUDIO_FORMATS)[number];

/** A union. `bytes` is base64. */
@ExactlyOneOf()
export class AudioSourceDto {
  @IsOptional() @Blob({ min: 1 }) bytes?: string;

  @IsOptional() @Nested(() => S3LocationDto) s3Location?: S3LocationDto;
}

export class AudioBlockDto {
  @Required() @Choice(AUDIO_FORMATS) format!: AudioFormat;

  @Required() @Nested(() => AudioSourceDto) source!: AudioSourceDto;

  @IsOptional() @Nested(() => ErrorBlockDto) error?: ErrorBlockDto;
}
