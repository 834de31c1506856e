import { IsOptional } from 'class-validator';
import { FreeForm } from '../../bedrock/validation/free-form.decorator.js';
import { Flag } from '../../bedrock/validation/flag.decorator.js';
import { Integer } from '../../bedrock/validation/number.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { Size } from '../../bedrock/validation/size.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';

const MAX_DOCUMENTS = 1_000;

/** Amazon's model. https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-rerank.html */
export class AmazonRerankRequestDto {
  @Required() @Text({ min: 1 }) query!: string;

  /** Texts, or objects. */
  @Required() @Size({ min: 1, max: MAX_DOCUMENTS }) @FreeForm() documents!: unknown[];

  @IsOptional() @Integer({ min: 1 }) top_n?: number;
}

/** Cohere's model, which has further members. */
export class CohereRerankRequestDto extends AmazonRerankRequestDto {
  /** Bedrock has 2 alone; clients that say 1 or nothing get the same. */
  @IsOptional() @Integer({ min: 1, max: 2 }) api_version?: number;

  @IsOptional() @Integer({ min: 1 }) max_tokens_per_doc?: number;

  /** Members of object documents that are ranked. */
  @IsOptional() @Text({}, { each: true }) @Size({ min: 1 }) rank_fields?: string[];

  @IsOptional() @Flag() return_documents?: boolean;
}
