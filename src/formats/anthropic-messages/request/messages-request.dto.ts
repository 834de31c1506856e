import { IsOptional } from 'class-validator';
import { Choice } from '../../../bedrock/validation/choice.decorator.js';
import { FreeForm } from '../../../bedrock/validation/free-form.decorator.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { Float, Integer } from '../../../bedrock/validation/number.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Size } from '../../../bedrock/validation/size.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';
import { OneOfVariants, TextOrVariants } from '../../../bedrock/validation/variants.decorator.js';
import { CONTENT_BLOCKS, type MessagesContentBlock } from './content-block.dto.js';
import { JsonOutputFormatDto, MessagesOutputConfigDto } from './output-config.dto.js';
import { TEXT_BLOCKS, type TextBlockDto } from './text-block.dto.js';
import { THINKING, type MessagesThinking } from './thinking.dto.js';
import { TOOLS, type MessagesTool } from './tool.dto.js';
import { TOOL_CHOICES, type MessagesToolChoice } from './tool-choice.dto.js';

const ROLES = ['user', 'assistant', 'system'] as const;

export type MessagesRole = (typeof ROLES)[number];

export class MessagesMessageDto {
  @Required() @Choice(ROLES) role!: MessagesRole;

  @Required() @TextOrVariants(CONTENT_BLOCKS) content!: string | MessagesContentBlock[];
}

export class MetadataDto {
  @IsOptional() @Text({ max: 512 }) user_id?: string;
}

/**
 * The body of InvokeModel for Anthropic's models, and of Anthropic's own API without `model` and `stream`. Members that
 * change nothing here, such as `anthropic_beta`, are not declared: they are reported as unknown.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html
 */
export class MessagesRequestDto {
  @IsOptional() @Text() anthropic_version?: string;

  @Required() @Integer({ min: 1 }) max_tokens!: number;

  @Required() @Nested(() => MessagesMessageDto, { each: true, min: 1 }) messages!: MessagesMessageDto[];

  @IsOptional() @TextOrVariants(TEXT_BLOCKS) system?: string | TextBlockDto[];

  @IsOptional() @Float({ min: 0, max: 1 }) temperature?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) top_p?: number;

  @IsOptional() @Integer({ min: 0 }) top_k?: number;

  @IsOptional() @Text({}, { each: true }) @Size({ max: 8191 }) stop_sequences?: string[];

  @IsOptional() @OneOfVariants(TOOLS, { each: true }) tools?: MessagesTool[];

  @IsOptional() @OneOfVariants(TOOL_CHOICES) tool_choice?: MessagesToolChoice;

  @IsOptional() @OneOfVariants(THINKING) thinking?: MessagesThinking;

  @IsOptional() @Nested(() => MessagesOutputConfigDto) output_config?: MessagesOutputConfigDto;

  /** The older name of `output_config.format`. */
  @IsOptional() @Nested(() => JsonOutputFormatDto) output_format?: JsonOutputFormatDto;

  @IsOptional() @Nested(() => MetadataDto) metadata?: MetadataDto;

  @IsOptional() @Choice(['auto', 'standard_only']) service_tier?: 'auto' | 'standard_only';

  // ignored: `unsupported-members.ts`
  @IsOptional() @FreeForm() context_management?: unknown;
  @IsOptional() @FreeForm() inference_geo?: unknown;
  @IsOptional() @FreeForm() speed?: unknown;
  @IsOptional() @FreeForm() diagnostics?: unknown;
  @IsOptional() @FreeForm() user_profile_id?: unknown;
  @IsOptional() @FreeForm() workspace_id?: unknown;
  @IsOptional() @FreeForm() billing_policy?: unknown;
  @IsOptional() @FreeForm() fallback_credit_token?: unknown;

  // refused: `unsupported-members.ts`
  @IsOptional() @FreeForm() container?: unknown;
  @IsOptional() @FreeForm() mcp_servers?: unknown;
  @IsOptional() @FreeForm() fallbacks?: unknown;
  @IsOptional() @FreeForm() thread?: unknown;
  @IsOptional() @FreeForm() compaction?: unknown;
}
