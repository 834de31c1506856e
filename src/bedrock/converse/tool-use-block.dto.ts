import { IsOptional } from 'class-validator';
import { Choice } from '../validation/choice.decorator.js';
import { FreeForm } from '../validation/free-form.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { Text } from '../validation/text.decorator.js';
import { TOOL_NAME, TOOL_USE_ID } from './tool-name.js';

const TOOL_USE_TYPES = ['server_tool_use'] as const;

export type ToolUseType = (typeof TOOL_USE_TYPES)[number];

export class ToolUseBlockDto {
  @Required() @Text(TOOL_USE_ID) toolUseId!: string;

  @Required() @Text(TOOL_NAME) name!: string;

  /** The arguments of the call: any JSON, an object as a rule. */
  @Required() @FreeForm() input!: unknown;

  @IsOptional() @Choice(TOOL_USE_TYPES) type?: ToolUseType;
}
