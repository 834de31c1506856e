import { IsOptional } from 'class-validator';
import { Choice } from '../../bedrock/validation/choice.decorator.js';
import { Flag } from '../../bedrock/validation/flag.decorator.js';
import { FreeForm } from '../../bedrock/validation/free-form.decorator.js';
import { NestedMap } from '../../bedrock/validation/map-of.decorator.js';
import { Nested } from '../../bedrock/validation/nested.decorator.js';
import { Float, Integer } from '../../bedrock/validation/number.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { Size } from '../../bedrock/validation/size.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';

const ROLES = ['USER', 'CHATBOT', 'SYSTEM', 'TOOL'] as const;
const TRUNCATIONS = ['OFF', 'AUTO', 'AUTO_PRESERVE_ORDER'] as const;
const TOOL_NAME = { min: 1, max: 64, pattern: '[a-zA-Z0-9_-]+' };

export class CommandRToolCallDto {
  @Required() @Text(TOOL_NAME) name!: string;

  @IsOptional() @FreeForm() parameters?: unknown;

  /** Of the answer that made the call. */
  @IsOptional() @Text() generation_id?: string;
}

export class CommandRToolResultDto {
  @Required() @Nested(() => CommandRToolCallDto) call!: CommandRToolCallDto;

  /** Objects of any shape. */
  @Required() @FreeForm() outputs!: unknown;
}

export class CommandRTurnDto {
  @Required() @Choice(ROLES) role!: (typeof ROLES)[number];

  @IsOptional() @Text() message?: string;

  @IsOptional() @Nested(() => CommandRToolCallDto, { each: true }) tool_calls?: CommandRToolCallDto[];

  @IsOptional() @Nested(() => CommandRToolResultDto, { each: true }) tool_results?: CommandRToolResultDto[];
}

export class CommandRParameterDto {
  @IsOptional() @Text() description?: string;

  /** A type of Python: `str`, `int`, `float`, `bool`, `List[str]`, `Dict`. */
  @Required() @Text({ min: 1, max: 256 }) type!: string;

  @IsOptional() @Flag() required?: boolean;
}

export class CommandRToolDto {
  @Required() @Text(TOOL_NAME) name!: string;

  @IsOptional() @Text() description?: string;

  @IsOptional()
  @NestedMap(() => CommandRParameterDto)
  parameter_definitions?: Record<string, CommandRParameterDto>;
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command-r-plus.html */
export class CommandRRequestDto {
  /** May be empty beside `tool_results`. */
  @Required() @Text() message!: string;

  @IsOptional() @Nested(() => CommandRTurnDto, { each: true }) chat_history?: CommandRTurnDto[];

  @IsOptional() @Text() preamble?: string;

  /** Objects of any shape, with `title` and `snippet` as a rule. */
  @IsOptional() @FreeForm() documents?: unknown;

  @IsOptional() @Nested(() => CommandRToolDto, { each: true }) tools?: CommandRToolDto[];

  @IsOptional() @Nested(() => CommandRToolResultDto, { each: true }) tool_results?: CommandRToolResultDto[];

  @IsOptional() @Integer({ min: 1 }) max_tokens?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) temperature?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) p?: number;

  @IsOptional() @Integer({ min: 0, max: 500 }) k?: number;

  @IsOptional() @Integer() seed?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) frequency_penalty?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) presence_penalty?: number;

  @IsOptional() @Text({ min: 1 }, { each: true }) @Size() stop_sequences?: string[];

  @IsOptional() @Flag() search_queries_only?: boolean;

  @IsOptional() @Flag() force_single_step?: boolean;

  @IsOptional() @Flag() raw_prompting?: boolean;

  @IsOptional() @Choice(TRUNCATIONS) prompt_truncation?: (typeof TRUNCATIONS)[number];

  @IsOptional() @Flag() return_prompt?: boolean;
}
