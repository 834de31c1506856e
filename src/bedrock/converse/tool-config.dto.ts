import { IsOptional } from 'class-validator';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Flag } from '../validation/flag.decorator.js';
import { FreeForm } from '../validation/free-form.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { Text } from '../validation/text.decorator.js';
import { CachePointBlockDto } from './cache-point.dto.js';
import { TOOL_NAME } from './tool-name.js';

/** A union with one member: a JSON schema as JSON. */
@ExactlyOneOf()
export class ToolInputSchemaDto {
  @IsOptional() @FreeForm() json?: unknown;
}

export class ToolSpecificationDto {
  @Required() @Text(TOOL_NAME) name!: string;

  @IsOptional() @Text({ min: 1 }) description?: string;

  @Required() @Nested(() => ToolInputSchemaDto) inputSchema!: ToolInputSchemaDto;

  @IsOptional() @Flag() strict?: boolean;
}

export class SystemToolDto {
  @Required() @Text(TOOL_NAME) name!: string;
}

/** A union. */
@ExactlyOneOf()
export class ToolDto {
  @IsOptional() @Nested(() => ToolSpecificationDto) toolSpec?: ToolSpecificationDto;

  @IsOptional() @Nested(() => SystemToolDto) systemTool?: SystemToolDto;

  @IsOptional() @Nested(() => CachePointBlockDto) cachePoint?: CachePointBlockDto;
}

export class AutoToolChoiceDto {}

export class AnyToolChoiceDto {}

export class SpecificToolChoiceDto {
  @Required() @Text(TOOL_NAME) name!: string;
}

/** A union. */
@ExactlyOneOf()
export class ToolChoiceDto {
  @IsOptional() @Nested(() => AutoToolChoiceDto) auto?: AutoToolChoiceDto;

  @IsOptional() @Nested(() => AnyToolChoiceDto) any?: AnyToolChoiceDto;

  @IsOptional() @Nested(() => SpecificToolChoiceDto) tool?: SpecificToolChoiceDto;
}

export class ToolConfigurationDto {
  @Required() @Nested(() => ToolDto, { each: true, min: 1 }) tools!: ToolDto[];

  @IsOptional() @Nested(() => ToolChoiceDto) toolChoice?: ToolChoiceDto;
}
