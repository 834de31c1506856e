import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  FILTER_STRENGTHS,
  type FilterStrength,
  GUARDRAIL_ACTIONS,
  type GuardrailAction,
} from '../guardrail.js';

/** A regular expression, and what happens to text that matches it. */
export class GuardrailRegexDto {
  /** The name in assessments, and in place of masked text: `{name}`. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  name!: string;

  /** In the syntax of RE2, which has no lookaround and no backreferences. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  pattern!: string;

  /** `BLOCK` the text, `ANONYMIZE` the match, or `NONE` (only report it). Default: `BLOCK`. */
  @IsOptional()
  @IsIn(GUARDRAIL_ACTIONS)
  action?: GuardrailAction;

  /** The action for texts of the client. Default: `action`. */
  @IsOptional()
  @IsIn(GUARDRAIL_ACTIONS)
  inputAction?: GuardrailAction;

  /** The action for texts of the model. Default: `action`. */
  @IsOptional()
  @IsIn(GUARDRAIL_ACTIONS)
  outputAction?: GuardrailAction;
}

/** A type of sensitive information, and what happens to it. */
export class GuardrailPiiDto {
  /** A type of Bedrock's that has a form, such as `EMAIL`. */
  @IsString()
  type!: string;

  /** `BLOCK` the text, `ANONYMIZE` the finding, or `NONE` (only report it). Default: `BLOCK`. */
  @IsOptional()
  @IsIn(GUARDRAIL_ACTIONS)
  action?: GuardrailAction;

  /** The action for texts of the client. Default: `action`. */
  @IsOptional()
  @IsIn(GUARDRAIL_ACTIONS)
  inputAction?: GuardrailAction;

  /** The action for texts of the model. Default: `action`. */
  @IsOptional()
  @IsIn(GUARDRAIL_ACTIONS)
  outputAction?: GuardrailAction;
}

/** A category of harmful content. */
export class ContentFilterDto {
  /** `HATE`, `INSULTS`, `MISCONDUCT`, `SEXUAL` or `VIOLENCE`. */
  @IsString()
  type!: string;

  /** How much is blocked in texts of the client: `HIGH` blocks low confidence too. Default: `HIGH`. */
  @IsOptional()
  @IsIn(FILTER_STRENGTHS)
  inputStrength?: FilterStrength;

  /** How much is blocked in texts of the model. Default: `HIGH`. */
  @IsOptional()
  @IsIn(FILTER_STRENGTHS)
  outputStrength?: FilterStrength;

  /** `BLOCK` the text, or `NONE` (only report it). Default: `BLOCK`. */
  @IsOptional()
  @IsIn(['BLOCK', 'NONE'])
  action?: 'BLOCK' | 'NONE';
}

/** The lowest score of a moderation for each confidence. */
export class ConfidenceThresholdsDto {
  /** Default: 0.2. */
  @IsOptional()
  @IsNumber({}, { message: 'must be a number' })
  @Min(0)
  @Max(1)
  low?: number;

  /** Default: 0.5. */
  @IsOptional()
  @IsNumber({}, { message: 'must be a number' })
  @Min(0)
  @Max(1)
  medium?: number;

  /** Default: 0.8. */
  @IsOptional()
  @IsNumber({}, { message: 'must be a number' })
  @Min(0)
  @Max(1)
  high?: number;
}

/** Filters for harmful content, which a server with an endpoint for moderations recognises. */
export class GuardrailContentDto {
  /** Name of the upstream. Texts are sent to its `{baseUrl}/moderations`. */
  @IsString()
  @IsNotEmpty()
  moderation!: string;

  /** The moderation model. Default: the server's own. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  model?: string;

  /** The categories that are filtered. */
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => ContentFilterDto)
  filters!: ContentFilterDto[];

  /** The lowest score for each confidence, 0 to 1. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ConfidenceThresholdsDto)
  thresholds?: ConfidenceThresholdsDto;

  /** When the server fails: `block` refuses the request with 503, `allow` lets the text through and reports it. Default: `block`. */
  @IsOptional()
  @IsIn(['block', 'allow'])
  onFailure?: 'block' | 'allow';
}
