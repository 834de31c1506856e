import { IsOptional } from 'class-validator';
import { S3LocationDto } from '../../../bedrock/converse/s3-location.dto.js';
import { Blob } from '../../../bedrock/validation/blob.decorator.js';
import { Choice } from '../../../bedrock/validation/choice.decorator.js';
import { FreeForm } from '../../../bedrock/validation/free-form.decorator.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { Integer } from '../../../bedrock/validation/number.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';

const PURPOSES = [
  'GENERIC_INDEX',
  'GENERIC_RETRIEVAL',
  'TEXT_RETRIEVAL',
  'IMAGE_RETRIEVAL',
  'VIDEO_RETRIEVAL',
  'DOCUMENT_RETRIEVAL',
  'AUDIO_RETRIEVAL',
  'CLASSIFICATION',
  'CLUSTERING',
] as const;
const TRUNCATIONS = ['START', 'END', 'NONE'] as const;
const IMAGE_FORMATS = ['png', 'jpeg', 'gif', 'webp'] as const;

export type NovaPurpose = (typeof PURPOSES)[number];
export type NovaTruncation = (typeof TRUNCATIONS)[number];

export class NovaSourceDto {
  @IsOptional() @Blob({ min: 1 }) bytes?: string;

  @IsOptional() @Nested(() => S3LocationDto) s3Location?: S3LocationDto;
}

export class NovaTextDto {
  @IsOptional() @Choice(TRUNCATIONS) truncationMode?: NovaTruncation;

  @IsOptional() @Text({ min: 1 }) value?: string;

  @IsOptional() @Nested(() => NovaSourceDto) source?: NovaSourceDto;
}

export class NovaImageDto {
  @Required() @Choice(IMAGE_FORMATS) format!: (typeof IMAGE_FORMATS)[number];

  @Required() @Nested(() => NovaSourceDto) source!: NovaSourceDto;

  /** How closely the image is looked at. */
  @IsOptional() @FreeForm() detailLevel?: unknown;
}

export class NovaSingleEmbeddingParamsDto {
  @IsOptional() @Choice(PURPOSES) embeddingPurpose?: NovaPurpose;

  @IsOptional() @Integer({ min: 1 }) embeddingDimension?: number;

  @IsOptional() @Nested(() => NovaTextDto) text?: NovaTextDto;

  @IsOptional() @Nested(() => NovaImageDto) image?: NovaImageDto;

  @IsOptional() @FreeForm() audio?: unknown;

  @IsOptional() @FreeForm() video?: unknown;
}

/** https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html */
export class NovaEmbeddingRequestDto {
  @IsOptional() @Choice(['nova-multimodal-embed-v1']) schemaVersion?: string;

  @Required() @Choice(['SINGLE_EMBEDDING', 'SEGMENTED_EMBEDDING']) taskType!: string;

  @IsOptional()
  @Nested(() => NovaSingleEmbeddingParamsDto)
  singleEmbeddingParams?: NovaSingleEmbeddingParamsDto;

  @IsOptional() @FreeForm() segmentedEmbeddingParams?: unknown;
}
