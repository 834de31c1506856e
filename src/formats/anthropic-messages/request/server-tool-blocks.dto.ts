import { IsOptional } from 'class-validator';
import { Flag } from '../../../bedrock/validation/flag.decorator.js';
import { FreeForm } from '../../../bedrock/validation/free-form.decorator.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';
import { CacheControlDto } from './cache-control.dto.js';
import { TOOL_NAME, TOOL_USE_ID } from './tool-blocks.dto.js';

/** A call that the model's provider ran itself, in an earlier answer. */
export class ServerToolUseBlockDto {
  readonly type!: 'server_tool_use' | 'mcp_tool_use';

  @Required() @Text(TOOL_USE_ID) id!: string;

  @Required() @Text(TOOL_NAME) name!: string;

  @Required() @FreeForm() input!: unknown;

  @IsOptional() @Nested(() => CacheControlDto) cache_control?: CacheControlDto;
}

/** Results of such calls. */
export const SERVER_TOOL_RESULTS = [
  'advisor_tool_result',
  'bash_code_execution_tool_result',
  'code_execution_tool_result',
  'mcp_tool_result',
  'text_editor_code_execution_tool_result',
  'tool_search_tool_result',
  'web_fetch_tool_result',
  'web_search_tool_result',
] as const;

export class ServerToolResultBlockDto {
  readonly type!: (typeof SERVER_TOOL_RESULTS)[number];

  @Required() @Text(TOOL_USE_ID) tool_use_id!: string;

  /** Of a form that each tool has for itself. */
  @IsOptional() @FreeForm() content?: unknown;

  @IsOptional() @Flag() is_error?: boolean;

  @IsOptional() @Nested(() => CacheControlDto) cache_control?: CacheControlDto;
}

/** The summary of turns that were left out. */
export class CompactionBlockDto {
  readonly type!: 'compaction';

  @IsOptional() @Text() content?: string;

  /** Readable for Anthropic alone. */
  @IsOptional() @Text() encrypted_content?: string;

  @IsOptional() @Nested(() => CacheControlDto) cache_control?: CacheControlDto;
}

/** Blocks that no other provider can do anything with. */
export class ProviderBlockDto {
  readonly type!: 'container_upload' | 'mcp_tool_listing' | 'fallback';
}
