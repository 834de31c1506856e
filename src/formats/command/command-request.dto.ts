import { IsOptional } from 'class-validator';
import { Choice } from '../../bedrock/validation/choice.decorator.js';
import { Flag } from '../../bedrock/validation/flag.decorator.js';
import { FreeForm } from '../../bedrock/validation/free-form.decorator.js';
import { Float, Integer } from '../../bedrock/validation/number.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { Size } from '../../bedrock/validation/size.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';

const LIKELIHOODS = ['GENERATION', 'ALL', 'NONE'] as const;
const TRUNCATIONS = ['NONE', 'START', 'END'] as const;

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command.html */
export class CommandRequestDto {
  @Required() @Text({ min: 1 }) prompt!: string;

  @IsOptional() @Integer({ min: 1 }) max_tokens?: number;

  @IsOptional() @Float({ min: 0, max: 5 }) temperature?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) p?: number;

  @IsOptional() @Integer({ min: 0, max: 500 }) k?: number;

  @IsOptional() @Text({ min: 1 }, { each: true }) @Size() stop_sequences?: string[];

  @IsOptional() @Integer({ min: 1, max: 5 }) num_generations?: number;

  @IsOptional() @Choice(LIKELIHOODS) return_likelihoods?: (typeof LIKELIHOODS)[number];

  /** Token id → bias. The ids are those of Cohere's tokenizer. */
  @IsOptional() @FreeForm() logit_bias?: unknown;

  @IsOptional() @Choice(TRUNCATIONS) truncate?: (typeof TRUNCATIONS)[number];

  /** The operation decides. */
  @IsOptional() @Flag() stream?: boolean;
}
