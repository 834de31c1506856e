import { IsOptional } from 'class-validator';
import { Choice } from '../../bedrock/validation/choice.decorator.js';
import { Flag } from '../../bedrock/validation/flag.decorator.js';
import { FreeForm } from '../../bedrock/validation/free-form.decorator.js';
import { Nested } from '../../bedrock/validation/nested.decorator.js';
import { Float, Integer } from '../../bedrock/validation/number.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { Size } from '../../bedrock/validation/size.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';
import { OneOfVariants } from '../../bedrock/validation/variants.decorator.js';
import { MESSAGES, type MistralMessage } from './mistral-message.dto.js';

const TOOL_TYPES = ['function'] as const;

export class MistralFunctionDto {
  @Required() @Text({ min: 1, max: 64, pattern: '[a-zA-Z0-9_-]+' }) name!: string;

  @IsOptional() @Text() description?: string;

  /** A JSON schema. */
  @IsOptional() @FreeForm() parameters?: unknown;

  @IsOptional() @Flag() strict?: boolean;
}

export class MistralToolDto {
  @IsOptional() @Choice(TOOL_TYPES) type?: (typeof TOOL_TYPES)[number];

  @Required() @Nested(() => MistralFunctionDto) function!: MistralFunctionDto;
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-mistral-chat-completion.html */
export class MistralChatRequestDto {
  @Required() @OneOfVariants(MESSAGES, { each: true, min: 1 }) messages!: MistralMessage[];

  @IsOptional() @Nested(() => MistralToolDto, { each: true }) tools?: MistralToolDto[];

  /** `auto`, `any`, `none`, or `{ "type": "function", "function": { "name" } }`. */
  @IsOptional() @FreeForm() tool_choice?: unknown;

  @IsOptional() @Flag() parallel_tool_calls?: boolean;

  @IsOptional() @Integer({ min: 1 }) max_tokens?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) temperature?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) top_p?: number;

  @IsOptional() @Integer({ min: 0 }) top_k?: number;

  @IsOptional() @Text({ min: 1 }, { each: true }) @Size() stop?: string[];

  @IsOptional() @Integer() random_seed?: number;

  @IsOptional() @FreeForm() response_format?: unknown;

  /** Adds a prompt of Mistral's own to the system message. */
  @IsOptional() @Flag() safe_prompt?: boolean;
}
