import { IsOptional } from 'class-validator';
import { MessageDto } from '../../bedrock/converse/message.dto.js';
import { SystemContentBlockDto } from '../../bedrock/converse/system-content-block.dto.js';
import { ToolConfigurationDto } from '../../bedrock/converse/tool-config.dto.js';
import { Choice } from '../../bedrock/validation/choice.decorator.js';
import { FreeForm } from '../../bedrock/validation/free-form.decorator.js';
import { Nested } from '../../bedrock/validation/nested.decorator.js';
import { Float, Integer } from '../../bedrock/validation/number.decorator.js';
import { Required } from '../../bedrock/validation/required.decorator.js';
import { Size } from '../../bedrock/validation/size.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';

const SCHEMA_VERSIONS = ['messages-v1'] as const;

/** Both spellings are in use. Where both stand, the first one counts. */
export class NovaInferenceConfigDto {
  @IsOptional() @Integer({ min: 1 }) maxTokens?: number;

  @IsOptional() @Integer({ min: 1 }) max_new_tokens?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) temperature?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) topP?: number;

  @IsOptional() @Float({ min: 0, max: 1 }) top_p?: number;

  @IsOptional() @Integer({ min: 0 }) topK?: number;

  @IsOptional() @Integer({ min: 0 }) top_k?: number;

  @IsOptional() @Text({ min: 1 }, { each: true }) @Size({ max: 2500 }) stopSequences?: string[];

  /** Nova 2: `{ type, maxReasoningEffort }`. */
  @IsOptional() @FreeForm() reasoningConfig?: unknown;
}

/** https://docs.aws.amazon.com/nova/latest/userguide/complete-request-schema.html */
export class NovaRequestDto {
  @IsOptional() @Choice(SCHEMA_VERSIONS) schemaVersion?: (typeof SCHEMA_VERSIONS)[number];

  @Required() @Nested(() => MessageDto, { each: true, min: 1 }) messages!: MessageDto[];

  @IsOptional() @Nested(() => SystemContentBlockDto, { each: true }) system?: SystemContentBlockDto[];

  @IsOptional() @Nested(() => NovaInferenceConfigDto) inferenceConfig?: NovaInferenceConfigDto;

  @IsOptional() @Nested(() => ToolConfigurationDto) toolConfig?: ToolConfigurationDto;
}
