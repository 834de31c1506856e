import { IsOptional } from 'class-validator';
import { MessageDto } from '../converse/message.dto.js';
import { SystemContentBlockDto } from '../converse/system-content-block.dto.js';
import { ToolConfigurationDto } from '../converse/tool-config.dto.js';
import { Blob } from '../validation/blob.decorator.js';
import { ExactlyOneOf } from '../validation/exactly-one-of.decorator.js';
import { FreeForm } from '../validation/free-form.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { Required } from '../validation/required.decorator.js';

/** The members of a Converse request that have an influence on its input tokens. */
export class ConverseTokensRequestDto {
  @IsOptional() @Nested(() => MessageDto, { each: true }) messages?: MessageDto[];

  @IsOptional() @Nested(() => SystemContentBlockDto, { each: true }) system?: SystemContentBlockDto[];

  @IsOptional() @Nested(() => ToolConfigurationDto) toolConfig?: ToolConfigurationDto;

  /** Any JSON; usually an object. */
  @IsOptional() @FreeForm() additionalModelRequestFields?: unknown;
}

export class InvokeModelTokensRequestDto {
  /** Base64 of the body of an InvokeModel request. */
  @Required() @Blob() body!: string;
}

/** A union. */
@ExactlyOneOf()
export class CountTokensInputDto {
  @IsOptional() @Nested(() => InvokeModelTokensRequestDto) invokeModel?: InvokeModelTokensRequestDto;

  @IsOptional() @Nested(() => ConverseTokensRequestDto) converse?: ConverseTokensRequestDto;
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html */
export class CountTokensRequestDto {
  @Required() @Nested(() => CountTokensInputDto) input!: CountTokensInputDto;
}
