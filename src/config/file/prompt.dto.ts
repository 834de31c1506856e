import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsDefined,
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { InferenceDefaultsDto } from './model-rule.dto.js';
import { NAME, NAME_RULE, PromptTemplateConfigurationDto } from './prompt-template.dto.js';

/** Inference parameters of a prompt, in the form of Bedrock's prompt management. */
export class PromptInferenceConfigurationDto {
  /** The inference parameters. */
  @IsDefined()
  @ValidateNested()
  @Type(() => InferenceDefaultsDto)
  text!: InferenceDefaultsDto;
}

/** A note about a prompt, which the control plane shows. */
export class PromptMetadataDto {
  /** The name of the note. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  key!: string;

  /** The text of the note. */
  @IsString()
  @MaxLength(1024)
  value!: string;
}

/** The content of a prompt: its template, its model and how the model is asked. */
export class PromptVariantDto {
  /** The name of the variant. */
  @Matches(NAME, NAME_RULE)
  name!: string;

  /** `TEXT`, one message of the user, or `CHAT`, messages with a system prompt and tools. */
  @IsIn(['TEXT', 'CHAT'])
  templateType!: 'TEXT' | 'CHAT';

  /** The template, as `text` or as `chat`. */
  @IsDefined()
  @ValidateNested()
  @Type(() => PromptTemplateConfigurationDto)
  templateConfiguration!: PromptTemplateConfigurationDto;

  /** The id of the model, which the rules in `models` route. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(2048)
  modelId!: string;

  /** The inference parameters. Default: those of the model's rule. */
  @IsOptional()
  @ValidateNested()
  @Type(() => PromptInferenceConfigurationDto)
  inferenceConfiguration?: PromptInferenceConfigurationDto;

  /** Further parameters of the model, as in Converse. */
  @IsOptional()
  @IsObject()
  additionalModelRequestFields?: Record<string, unknown>;

  /** Notes that the control plane shows. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => PromptMetadataDto)
  metadata?: PromptMetadataDto[];
}

/** One version of a prompt, in the form of Bedrock's GetPrompt. */
export class PromptDto {
  /** The identifier that requests and ARNs use: ten letters and digits. */
  @Matches(/^[0-9a-zA-Z]{10}$/, { message: 'must be ten letters and digits' })
  id!: string;

  /** The name that the control plane shows. */
  @Matches(NAME, NAME_RULE)
  name!: string;

  /** The description that the control plane shows. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  description?: string;

  /** `DRAFT`, or a number in quotes. Default: `DRAFT`. */
  @IsOptional()
  @Matches(/^(DRAFT|[1-9]\d{0,4})$/, { message: 'must be DRAFT, or a number from "1" to "99999" in quotes' })
  version?: string;

  /** The content; as in Bedrock, the list has one entry. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1)
  @ValidateNested({ each: true })
  @Type(() => PromptVariantDto)
  variants!: PromptVariantDto[];

  /** The name of the entry of `variants`. */
  @IsOptional()
  @IsString()
  defaultVariant?: string;

  /** The ARN that the control plane shows. Default: one of a region and an account that stand for none. */
  @IsOptional()
  @IsString()
  arn?: string;

  /** When the prompt was made, in the form of ISO 8601. Default: the start of the proxy. */
  @IsOptional()
  @IsISO8601()
  createdAt?: string;

  /** When the prompt was last changed, in the form of ISO 8601. Default: the start of the proxy. */
  @IsOptional()
  @IsISO8601()
  updatedAt?: string;

  /** Not used: it may stay in what was copied from Bedrock. */
  @IsOptional()
  @IsString()
  customerEncryptionKeyArn?: string;
}
