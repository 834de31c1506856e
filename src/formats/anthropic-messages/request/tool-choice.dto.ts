import { IsOptional } from 'class-validator';
import { Flag } from '../../../bedrock/validation/flag.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';
import { byType } from './block-types.js';
import { TOOL_NAME } from './tool-blocks.dto.js';

class FreeToolChoiceDto {
  readonly type!: 'auto' | 'any';

  @IsOptional() @Flag() disable_parallel_tool_use?: boolean;
}

class NoToolChoiceDto {
  readonly type!: 'none';
}

class NamedToolChoiceDto {
  readonly type!: 'tool';

  @Required() @Text(TOOL_NAME) name!: string;

  @IsOptional() @Flag() disable_parallel_tool_use?: boolean;
}

export type MessagesToolChoice = FreeToolChoiceDto | NoToolChoiceDto | NamedToolChoiceDto;

export const TOOL_CHOICES = byType({
  auto: () => FreeToolChoiceDto,
  any: () => FreeToolChoiceDto,
  none: () => NoToolChoiceDto,
  tool: () => NamedToolChoiceDto,
});
