import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsDefined,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  ValidateNested,
} from 'class-validator';
import { PromptCachePointDto } from './prompt-cache-point.dto.js';

const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const TOOL_NAME_RULE = { message: 'must be 1 to 64 letters, digits, _ and -' };

/** The input of a tool. */
export class PromptToolSchemaDto {
  /** A JSON Schema. */
  @IsObject()
  json!: Record<string, unknown>;
}

/** What the model is told of a tool. */
export class PromptToolSpecificationDto {
  /** The name of the tool. */
  @Matches(TOOL_NAME, TOOL_NAME_RULE)
  name!: string;

  /** What the tool does. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  description?: string;

  /** The input of the tool. */
  @IsDefined()
  @ValidateNested()
  @Type(() => PromptToolSchemaDto)
  inputSchema!: PromptToolSchemaDto;

  /** Whether the input must follow the schema. */
  @IsOptional()
  @IsBoolean()
  strict?: boolean;
}

/** A tool or a cache point. */
export class PromptToolDto {
  /** The tool. */
  @IsOptional()
  @ValidateNested()
  @Type(() => PromptToolSpecificationDto)
  toolSpec?: PromptToolSpecificationDto;

  /** The end of what the model's server may keep in its cache. */
  @IsOptional()
  @ValidateNested()
  @Type(() => PromptCachePointDto)
  cachePoint?: PromptCachePointDto;
}

/** A tool that the model must call. */
export class PromptToolNameDto {
  /** The name of the tool. */
  @Matches(TOOL_NAME, TOOL_NAME_RULE)
  name!: string;
}

/** Whether the model must call a tool: one of the three members. */
export class PromptToolChoiceDto {
  /** The model decides; the value is `{}`. */
  @IsOptional()
  @IsObject()
  auto?: object;

  /** The model must call one of the tools; the value is `{}`. */
  @IsOptional()
  @IsObject()
  any?: object;

  /** The model must call this tool. */
  @IsOptional()
  @ValidateNested()
  @Type(() => PromptToolNameDto)
  tool?: PromptToolNameDto;
}

/** The tools of a prompt. */
export class PromptToolConfigurationDto {
  /** The tools. */
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => PromptToolDto)
  tools!: PromptToolDto[];

  /** Whether the model must call a tool. Default: the model decides. */
  @IsOptional()
  @ValidateNested()
  @Type(() => PromptToolChoiceDto)
  toolChoice?: PromptToolChoiceDto;
}
