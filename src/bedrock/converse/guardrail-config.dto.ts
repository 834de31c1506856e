import { IsOptional } from 'class-validator';
import { Choice } from '../validation/choice.decorator.js';
import { Text } from '../validation/text.decorator.js';

const GUARDRAIL_TRACES = ['enabled', 'disabled', 'enabled_full'] as const;

const GUARDRAIL_STREAM_PROCESSING_MODES = ['sync', 'async'] as const;

const IDENTIFIER_PATTERN =
  '(|([a-z0-9]+)|(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail/[a-z0-9]+))';

/** `streamProcessingMode` belongs to ConverseStream; Converse ignores it. */
export class GuardrailConfigurationDto {
  @IsOptional() @Text({ max: 2048, pattern: IDENTIFIER_PATTERN }) guardrailIdentifier?: string;

  @IsOptional() @Text({ pattern: '(|([1-9][0-9]{0,7})|(DRAFT))' }) guardrailVersion?: string;

  @IsOptional() @Choice(GUARDRAIL_TRACES) trace?: (typeof GUARDRAIL_TRACES)[number];

  @IsOptional()
  @Choice(GUARDRAIL_STREAM_PROCESSING_MODES)
  streamProcessingMode?: (typeof GUARDRAIL_STREAM_PROCESSING_MODES)[number];
}
