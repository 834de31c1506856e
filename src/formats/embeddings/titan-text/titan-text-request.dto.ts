import { IsOptional } from 'class-validator';
import { Choice } from '../../../bedrock/validation/choice.decorator.js';
import { Flag } from '../../../bedrock/validation/flag.decorator.js';
import { Integer } from '../../../bedrock/validation/number.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Size } from '../../../bedrock/validation/size.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';

const TITAN_EMBEDDING_TYPES = ['float', 'binary'] as const;

export type TitanEmbeddingType = (typeof TITAN_EMBEDDING_TYPES)[number];

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html */
export class TitanTextEmbeddingRequestDto {
  @Required() @Text({ min: 1 }) inputText!: string;

  /** Titan has 256, 512 and 1024; what another model has is known to its server. */
  @IsOptional() @Integer({ min: 1 }) dimensions?: number;

  @IsOptional() @Flag() normalize?: boolean;

  @IsOptional()
  @Size({ min: 1 })
  @Choice(TITAN_EMBEDDING_TYPES, { each: true })
  embeddingTypes?: TitanEmbeddingType[];
}
