import { IsOptional } from 'class-validator';
import { Choice } from '../../../bedrock/validation/choice.decorator.js';
import { FreeForm } from '../../../bedrock/validation/free-form.decorator.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { Integer } from '../../../bedrock/validation/number.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Size } from '../../../bedrock/validation/size.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';

const MAX_INPUTS = 96;
const INPUT_TYPES = ['search_document', 'search_query', 'classification', 'clustering', 'image'] as const;
/** Version 3 says START and END, version 4 LEFT and RIGHT; clients mix them. */
const TRUNCATIONS = ['NONE', 'START', 'END', 'LEFT', 'RIGHT'] as const;
const COHERE_EMBEDDING_TYPES = ['float', 'int8', 'uint8', 'binary', 'ubinary', 'base64'] as const;

export type CohereInputType = (typeof INPUT_TYPES)[number];
export type CohereTruncation = (typeof TRUNCATIONS)[number];
export type CohereEmbeddingType = (typeof COHERE_EMBEDDING_TYPES)[number];

export class CohereContentPartDto {
  @Required() @Choice(['text', 'image_url']) type!: 'text' | 'image_url';

  @IsOptional() @Text() text?: string;

  /** A data URI, or `{url}` with one. */
  @IsOptional() @FreeForm() image_url?: unknown;
}

export class CohereInputDto {
  @Required() @Nested(() => CohereContentPartDto, { each: true, min: 1 }) content!: CohereContentPartDto[];
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html, versions 3 and 4 */
export class CohereEmbeddingRequestDto {
  @IsOptional() @Size({ min: 1, max: MAX_INPUTS }) @Text({}, { each: true }) texts?: string[];

  @IsOptional() @Size({ min: 1, max: MAX_INPUTS }) @Text({}, { each: true }) images?: string[];

  @IsOptional()
  @Nested(() => CohereInputDto, { each: true, min: 1, max: MAX_INPUTS })
  inputs?: CohereInputDto[];

  /** Required by Cohere, but clients that leave it out lose nothing here. */
  @IsOptional() @Choice(INPUT_TYPES) input_type?: CohereInputType;

  @IsOptional() @Choice(TRUNCATIONS) truncate?: CohereTruncation;

  @IsOptional() @Integer({ min: 1 }) output_dimension?: number;

  @IsOptional() @Integer({ min: 1 }) max_tokens?: number;

  @IsOptional()
  @Size({ min: 1 })
  @Choice(COHERE_EMBEDDING_TYPES, { each: true })
  embedding_types?: CohereEmbeddingType[];
}
