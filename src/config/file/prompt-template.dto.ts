import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { PromptToolConfigurationDto } from './prompt-tools.dto.js';
import { PromptCachePointDto } from './prompt-cache-point.dto.js';

/** Of prompts, their variants and variables. */
export const NAME = /^([0-9a-zA-Z][_-]?){1,100}$/;
export const NAME_RULE = { message: 'must be letters and digits, with single _ and - between them' };
/** Characters. */
const MAX_TEXT = 200_000;

/** A variable of a template. */
export class PromptVariableDto {
  /** The name that stands between the braces. */
  @Matches(NAME, NAME_RULE)
  name!: string;
}

/** A block of a message or of the system prompt: either a text or a cache point. */
export class PromptBlockDto {
  /** The text, with `{{variable}}` where a value is put. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_TEXT)
  text?: string;

  /** The end of what the model's server may keep in its cache. */
  @IsOptional()
  @ValidateNested()
  @Type(() => PromptCachePointDto)
  cachePoint?: PromptCachePointDto;
}

/** A message of a chat template. */
export class PromptMessageDto {
  /** Who speaks: `user` or `assistant`. */
  @IsIn(['user', 'assistant'])
  role!: 'user' | 'assistant';

  /** The blocks of the message. */
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => PromptBlockDto)
  content!: PromptBlockDto[];
}

/** A template of one text, which is sent as a message of the user. */
export class TextTemplateDto {
  /** The text, with `{{variable}}` where a value is put. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_TEXT)
  text!: string;

  /** The end of what the model's server may keep in its cache. */
  @IsOptional()
  @ValidateNested()
  @Type(() => PromptCachePointDto)
  cachePoint?: PromptCachePointDto;

  /** The variables. Default: those that stand in the text. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => PromptVariableDto)
  inputVariables?: PromptVariableDto[];
}

/** A template of messages. */
export class ChatTemplateDto {
  /** The messages. Those of the request follow. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PromptMessageDto)
  messages!: PromptMessageDto[];

  /** The system prompt. */
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PromptBlockDto)
  system?: PromptBlockDto[];

  /** The tools that the model may call. */
  @IsOptional()
  @ValidateNested()
  @Type(() => PromptToolConfigurationDto)
  toolConfiguration?: PromptToolConfigurationDto;

  /** The variables. Default: those that stand in the texts. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => PromptVariableDto)
  inputVariables?: PromptVariableDto[];
}

/** The template of a prompt: either a text or a chat, as `templateType` says. */
export class PromptTemplateConfigurationDto {
  /** A template of the type `TEXT`. */
  @IsOptional()
  @ValidateNested()
  @Type(() => TextTemplateDto)
  text?: TextTemplateDto;

  /** A template of the type `CHAT`. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ChatTemplateDto)
  chat?: ChatTemplateDto;
}
