import { IsOptional } from 'class-validator';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { Text } from '../validation/text.decorator.js';

/** A tool by name; with `serverName`, one of an MCP server. */
export class ToolReferenceDto {
  @IsOptional() @Text({ min: 1, max: 64 }) type?: string;

  @IsOptional() @Text({ min: 1, max: 128 }) name?: string;

  @IsOptional() @Text({ min: 1, max: 128 }) serverName?: string;
}

export class ToolAdditionBlockDto {
  @Required() @Nested(() => ToolReferenceDto) tool!: ToolReferenceDto;
}

export class ToolRemovalBlockDto {
  @Required() @Nested(() => ToolReferenceDto) tool!: ToolReferenceDto;
}
