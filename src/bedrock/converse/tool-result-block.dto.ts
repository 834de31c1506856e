import { IsOptional } from 'class-validator';
import { Choice } from '../validation/choice.decorator.js';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { FreeForm } from '../validation/free-form.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';
import { Text } from '../validation/text.decorator.js';
import { DocumentBlockDto } from './document-block.dto.js';
import { ImageBlockDto } from './image-block.dto.js';
import { SearchResultBlockDto } from './search-result-block.dto.js';
import { TOOL_USE_ID } from './tool-name.js';
import { VideoBlockDto } from './video-block.dto.js';

const TOOL_RESULT_STATUSES = ['success', 'error'] as const;

export type ToolResultStatus = (typeof TOOL_RESULT_STATUSES)[number];

/** A union. `json` is any JSON. */
@ExactlyOneOf()
export class ToolResultContentBlockDto {
  @IsOptional() @FreeForm() json?: unknown;

  @IsOptional() @Text() text?: string;

  @IsOptional() @Nested(() => ImageBlockDto) image?: ImageBlockDto;

  @IsOptional() @Nested(() => DocumentBlockDto) document?: DocumentBlockDto;

  @IsOptional() @Nested(() => VideoBlockDto) video?: VideoBlockDto;

  @IsOptional() @Nested(() => SearchResultBlockDto) searchResult?: SearchResultBlockDto;
}

export class ToolResultBlockDto {
  @Required() @Text(TOOL_USE_ID) toolUseId!: string;

  @Required()
  @Nested(() => ToolResultContentBlockDto, { each: true })
  content!: ToolResultContentBlockDto[];

  @IsOptional() @Choice(TOOL_RESULT_STATUSES) status?: ToolResultStatus;

  @IsOptional() @Text() type?: string;
}
