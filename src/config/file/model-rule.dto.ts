import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { COMPLETION_MODES, type CompletionMode } from '../completion-modes.js';
import { DOCUMENT_MODES, type DocumentMode } from '../document-modes.js';
import { INVOKE_FORMAT_NAMES, type InvokeFormatName } from '../invoke-format-names.js';
import { ROUTED_TIERS, type RoutedTier } from '../service-tiers.js';

import { EmbeddingsDto } from './embeddings.dto.js';
import { PricesDto } from './prices.dto.js';
import { RerankDto } from './rerank.dto.js';

/** A target of a route: an upstream and the name that the model has there. */
export class RouteEntryDto {
  /** The name of a server in `upstreams`. */
  @IsString()
  @IsNotEmpty()
  upstream!: string;

  /** The model's name at the upstream. Default: the model id of the request. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  model?: string;

  /** Most tokens that the model writes there. A request for more gets so many. Default: that of the upstream. */
  @IsOptional()
  @IsInt()
  @Min(1)
  maxOutputTokens?: number;

  /** What the model costs there, per million tokens. */
  @IsOptional()
  @ValidateNested()
  @Type(() => PricesDto)
  prices?: PricesDto;

  /** Only for requests that ask for low latency, which call it first. */
  @IsOptional()
  @IsBoolean()
  optimized?: boolean;

  /** Only for requests that ask for one of these service tiers, which call it first. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsIn(ROUTED_TIERS, { each: true })
  tiers?: RoutedTier[];

  /** The `service_tier` that is sent there. Only with `optimized` or `tiers`. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  serviceTier?: string;
}

/** Defaults for requests that do not set the parameter themselves. */
export class InferenceDefaultsDto {
  /** Most tokens of an answer. */
  @IsOptional()
  @IsInt()
  @Min(1)
  maxTokens?: number;

  /** Sampling temperature, 0 to 1. */
  @IsOptional()
  @IsNumber({}, { message: 'must be a number' })
  @Min(0)
  @Max(1)
  temperature?: number;

  /** Nucleus sampling (top p), 0 to 1. */
  @IsOptional()
  @IsNumber({}, { message: 'must be a number' })
  @Min(0)
  @Max(1)
  topP?: number;

  /** Texts that end the answer. */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  stopSequences?: string[];
}

/** A rule of the model table: which model ids it matches, and where their requests are sent. */
export class ModelRuleDto {
  /** A pattern of model ids. It matches an ARN by the name after its first slash, or as a whole if it begins with `arn:`. */
  @IsString()
  @IsNotEmpty()
  match!: string;

  /** The targets, in order of preference. */
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => RouteEntryDto)
  route!: RouteEntryDto[];

  /** Defaults for requests that do not set the parameter themselves. */
  @IsOptional()
  @ValidateNested()
  @Type(() => InferenceDefaultsDto)
  defaults?: InferenceDefaultsDto;

  /** Members that are added to every upstream request that does not set them itself. */
  @IsOptional()
  @IsObject()
  extraBody?: Record<string, unknown>;

  /** The native format of InvokeModel bodies; left out: the body tells it, then the model id. */
  @IsOptional()
  @IsIn(INVOKE_FORMAT_NAMES)
  invokeFormat?: InvokeFormatName;

  /** Set for models that embed: how the upstream does it. */
  @IsOptional()
  @ValidateNested()
  @Type(() => EmbeddingsDto)
  embeddings?: EmbeddingsDto;

  /** Set for models that rank documents: how the upstream does it. */
  @IsOptional()
  @ValidateNested()
  @Type(() => RerankDto)
  rerank?: RerankDto;

  /** How PDF documents are sent: `text`, `images` of their pages, or `auto`, as text if they have any. Default: as they are where the server takes them, otherwise `auto`. */
  @IsOptional()
  @IsIn(DOCUMENT_MODES)
  documents?: DocumentMode;

  /** How the prompts of InvokeModel are sent: `chat`, as messages, or `raw`, as they stand, to `{baseUrl}/completions`. */
  @IsOptional()
  @IsIn(COMPLETION_MODES)
  completionMode?: CompletionMode;
}
