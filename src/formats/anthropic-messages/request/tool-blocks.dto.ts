import { IsOptional } from 'class-validator';
import { Flag } from '../../../bedrock/validation/flag.decorator.js';
import { FreeForm } from '../../../bedrock/validation/free-form.decorator.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { OneOfVariants, TextOrVariants } from '../../../bedrock/validation/variants.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Text, type TextRule } from '../../../bedrock/validation/text.decorator.js';
import { byType } from './block-types.js';
import { CacheControlDto } from './cache-control.dto.js';
import { DocumentBlockDto } from './document-block.dto.js';
import { ImageBlockDto } from './image-block.dto.js';
import { SearchResultBlockDto } from './search-result-block.dto.js';
import { TextBlockDto } from './text-block.dto.js';

/** Twice as long as Converse's. */
export const TOOL_NAME: TextRule = { min: 1, max: 128, pattern: '[a-zA-Z0-9_-]+' };

/** Ids that other model makers gave have dots and colons too. */
export const TOOL_USE_ID: TextRule = { min: 1, max: 256, pattern: '[a-zA-Z0-9_.:-]+' };

export class ToolUseBlockDto {
  readonly type!: 'tool_use';

  @Required() @Text(TOOL_USE_ID) id!: string;

  @Required() @Text(TOOL_NAME) name!: string;

  @Required() @FreeForm() input!: unknown;

  @IsOptional() @Nested(() => CacheControlDto) cache_control?: CacheControlDto;
}

/** A tool that was found by a search for tools. */
class ToolReferenceBlockDto {
  readonly type!: 'tool_reference';

  @Required() @Text({ min: 1, max: 256 }) tool_name!: string;
}

/** What the client's browser shows. */
class BrowserStateBlockDto {
  readonly type!: 'browser_state';

  @Required() @FreeForm() tabs!: unknown;

  @IsOptional() @FreeForm() state_changes?: unknown;
}

export type ToolResultContent =
  | TextBlockDto
  | ImageBlockDto
  | DocumentBlockDto
  | SearchResultBlockDto
  | ToolReferenceBlockDto
  | BrowserStateBlockDto;

const TOOL_RESULT_CONTENT = byType({
  text: () => TextBlockDto,
  image: () => ImageBlockDto,
  document: () => DocumentBlockDto,
  search_result: () => SearchResultBlockDto,
  tool_reference: () => ToolReferenceBlockDto,
  browser_state: () => BrowserStateBlockDto,
});

export class ToolResultBlockDto {
  readonly type!: 'tool_result';

  @Required() @Text(TOOL_USE_ID) tool_use_id!: string;

  @IsOptional() @TextOrVariants(TOOL_RESULT_CONTENT) content?: string | ToolResultContent[];

  @IsOptional() @Flag() is_error?: boolean;

  @IsOptional() @Nested(() => CacheControlDto) cache_control?: CacheControlDto;
}

const TOOL_REFERENCE_TYPES = ['tool_reference', 'mcp_tool_reference', 'mcp_toolset_reference'] as const;

export class ToolChangeReferenceDto {
  readonly type!: (typeof TOOL_REFERENCE_TYPES)[number] | 'tool_definition';

  @IsOptional() @Text(TOOL_NAME) name?: string;

  @IsOptional() @Text({ min: 1, max: 128 }) server_name?: string;
}

const TOOL_CHANGES = byType({
  ...Object.fromEntries(TOOL_REFERENCE_TYPES.map((type) => [type, () => ToolChangeReferenceDto])),
  tool_definition: () => ToolChangeReferenceDto,
});

/** In system messages: a tool may be used from here on, or no longer. */
export class ToolChangeBlockDto {
  readonly type!: 'tool_addition' | 'tool_removal';

  @Required() @OneOfVariants(TOOL_CHANGES) tool!: ToolChangeReferenceDto;

  @IsOptional() @Nested(() => CacheControlDto) cache_control?: CacheControlDto;
}
