import { IsOptional } from 'class-validator';
import { FreeForm } from '../validation/free-form.decorator.js';
import { MapOf } from '../validation/map-of.decorator.js';
import { Nested } from '../validation/nested.decorator.js';
import { NestedMap } from '../validation/map-of.decorator.js';
import { Size } from '../validation/size.decorator.js';
import { Text, textRule } from '../validation/text.decorator.js';
import { GuardrailConfigurationDto } from './guardrail-config.dto.js';
import { InferenceConfigurationDto } from './inference-config.dto.js';
import { MessageDto } from './message.dto.js';
import { OutputConfigDto } from './output-config.dto.js';
import { PerformanceConfigurationDto } from './performance-config.dto.js';
import { PromptVariableValuesDto } from './prompt-variable.dto.js';
import { ServiceTierDto } from './service-tier.dto.js';
import { SystemContentBlockDto } from './system-content-block.dto.js';
import { ToolConfigurationDto } from './tool-config.dto.js';

const METADATA_CHARACTER = '[a-zA-Z0-9\\s:_@$#=/+,-.]';

/**
 * The body of Converse and of ConverseStream, where every member is optional.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export class ConverseRequestDto {
  @IsOptional() @Nested(() => MessageDto, { each: true }) messages?: MessageDto[];

  @IsOptional() @Nested(() => SystemContentBlockDto, { each: true }) system?: SystemContentBlockDto[];

  @IsOptional() @Nested(() => InferenceConfigurationDto) inferenceConfig?: InferenceConfigurationDto;

  @IsOptional() @Nested(() => ToolConfigurationDto) toolConfig?: ToolConfigurationDto;

  @IsOptional() @Nested(() => GuardrailConfigurationDto) guardrailConfig?: GuardrailConfigurationDto;

  /** Any JSON; an object as a rule. */
  @IsOptional() @FreeForm() additionalModelRequestFields?: unknown;

  @IsOptional()
  @NestedMap(() => PromptVariableValuesDto)
  promptVariables?: Record<string, PromptVariableValuesDto>;

  /** JSON Pointers. */
  @IsOptional()
  @Text({ min: 1, max: 256 }, { each: true })
  @Size({ max: 10 })
  additionalModelResponseFieldPaths?: string[];

  @IsOptional()
  @MapOf({
    min: 1,
    max: 16,
    key: textRule({ min: 1, max: 256, pattern: `${METADATA_CHARACTER}{1,256}` }),
    value: textRule({ max: 256, pattern: `${METADATA_CHARACTER}{0,256}` }),
  })
  requestMetadata?: Record<string, string>;

  @IsOptional() @Nested(() => PerformanceConfigurationDto) performanceConfig?: PerformanceConfigurationDto;

  @IsOptional() @Nested(() => ServiceTierDto) serviceTier?: ServiceTierDto;

  @IsOptional() @Nested(() => OutputConfigDto) outputConfig?: OutputConfigDto;
}
