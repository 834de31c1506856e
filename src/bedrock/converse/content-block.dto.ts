import { IsOptional } from 'class-validator';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Text } from '../validation/text.decorator.js';
import { AudioBlockDto } from './audio-block.dto.js';
import { CachePointBlockDto } from './cache-point.dto.js';
import { CitationsContentBlockDto } from './citations-content-block.dto.js';
import { DocumentBlockDto } from './document-block.dto.js';
import { GuardrailConverseContentBlockDto } from './guard-content-block.dto.js';
import { ImageBlockDto } from './image-block.dto.js';
import { ReasoningContentBlockDto } from './reasoning-content-block.dto.js';
import { SearchResultBlockDto } from './search-result-block.dto.js';
import { ToolAdditionBlockDto, ToolRemovalBlockDto } from './tool-change-block.dto.js';
import { ToolResultBlockDto } from './tool-result-block.dto.js';
import { ToolUseBlockDto } from './tool-use-block.dto.js';
import { VideoBlockDto } from './video-block.dto.js';

/** A union. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html */
@ExactlyOneOf()
export class ContentBlockDto {
  @IsOptional() @Text() text?: string;

  @IsOptional() @Nested(() => ImageBlockDto) image?: ImageBlockDto;

  @IsOptional() @Nested(() => DocumentBlockDto) document?: DocumentBlockDto;

  @IsOptional() @Nested(() => VideoBlockDto) video?: VideoBlockDto;

  @IsOptional() @Nested(() => AudioBlockDto) audio?: AudioBlockDto;

  @IsOptional() @Nested(() => ToolUseBlockDto) toolUse?: ToolUseBlockDto;

  @IsOptional() @Nested(() => ToolResultBlockDto) toolResult?: ToolResultBlockDto;

  @IsOptional()
  @Nested(() => GuardrailConverseContentBlockDto)
  guardContent?: GuardrailConverseContentBlockDto;

  @IsOptional() @Nested(() => CachePointBlockDto) cachePoint?: CachePointBlockDto;

  @IsOptional() @Nested(() => ReasoningContentBlockDto) reasoningContent?: ReasoningContentBlockDto;

  @IsOptional() @Nested(() => CitationsContentBlockDto) citationsContent?: CitationsContentBlockDto;

  @IsOptional() @Nested(() => SearchResultBlockDto) searchResult?: SearchResultBlockDto;

  @IsOptional() @Nested(() => ToolAdditionBlockDto) toolAddition?: ToolAdditionBlockDto;

  @IsOptional() @Nested(() => ToolRemovalBlockDto) toolRemoval?: ToolRemovalBlockDto;
}
