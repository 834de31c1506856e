import { IsOptional } from 'class-validator';
import type { GuardrailConfigurationDto } from '../../bedrock/converse/guardrail-config.dto.js';
import { Choice } from '../../bedrock/validation/choice.decorator.js';
import { Nested } from '../../bedrock/validation/nested.decorator.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { Text } from '../../bedrock/validation/text.decorator.js';
import { validated } from '../../bedrock/validation/validation.pipe.js';

/** The one member of a body by which Bedrock itself is asked for something. */
export const GUARDRAIL_MEMBER = 'amazon-bedrock-guardrailConfig';

const PREFIX = 'amazon-bedrock-';

/** In capitals here, in lower case in Converse. */
const STREAM_PROCESSING_MODES = {
  SYNCHRONOUS: 'sync',
  ASYNCHRONOUS: 'async',
} as const satisfies Record<string, GuardrailConfigurationDto['streamProcessingMode']>;

class InvokeGuardrailConfigDto {
  /** In the names of the tags around what is guarded. */
  @IsOptional() @Text({ min: 1, max: 20, pattern: '[A-Za-z0-9]+' }) tagSuffix?: string;

  @IsOptional()
  @Choice(Object.keys(STREAM_PROCESSING_MODES))
  streamProcessingMode?: keyof typeof STREAM_PROCESSING_MODES;
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-input-tagging-base-inference.html */
class BedrockMembersDto {
  @IsOptional()
  @Nested(() => InvokeGuardrailConfigDto)
  'amazon-bedrock-guardrailConfig'?: InvokeGuardrailConfigDto;
}

/** What a body says about the guardrail of the request. */
export interface GuardrailBody {
  readonly isPresent: boolean;
  readonly tagSuffix?: string;
  readonly streamProcessingMode?: GuardrailConfigurationDto['streamProcessingMode'];
}

/** A body apart from the members that are Bedrock's own. */
export interface SeparatedBody {
  readonly body: JsonObject;
  readonly guardrail: GuardrailBody;
  /** Bedrock's own members that are not read. */
  readonly ignored: readonly string[];
}

const NO_GUARDRAIL: GuardrailBody = { isPresent: false };

/**
 * Takes the members `amazon-bedrock-…` out of a body.
 * @throws ValidationException
 */
export function separateBedrockMembers(body: JsonObject): SeparatedBody {
  const own = Object.keys(body).filter((name) => name.startsWith(PREFIX));
  if (own.length === 0) return { body, guardrail: NO_GUARDRAIL, ignored: [] };
  const { [GUARDRAIL_MEMBER]: config } = validated(BedrockMembersDto, body);
  return {
    body: Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith(PREFIX))),
    guardrail: config == null ? NO_GUARDRAIL : toGuardrailBody(config),
    ignored: own.filter((name) => name !== GUARDRAIL_MEMBER),
  };
}

function toGuardrailBody({ tagSuffix, streamProcessingMode }: InvokeGuardrailConfigDto): GuardrailBody {
  return {
    isPresent: true,
    ...(tagSuffix != null && { tagSuffix }),
    ...(streamProcessingMode != null && {
      streamProcessingMode: STREAM_PROCESSING_MODES[streamProcessingMode],
    }),
  };
}
