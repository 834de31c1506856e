import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
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

/** A server to send a request to, and what the model is called there. */
export class RouteEntryDto {
  /** A name of `upstreams`. */
  @IsString()
  @IsNotEmpty()
  upstream!: string;

  /** The model's name there; left out: the id that the client used. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  model?: string;
}

/** What a request means when it says nothing. */
export class InferenceDefaultsDto {
  /** Most tokens of the answer. */
  @IsOptional()
  @IsInt()
  @Min(1)
  maxTokens?: number;

  /** 0 to 1. */
  @IsOptional()
  @IsNumber({}, { message: 'must be a number' })
  @Min(0)
  @Max(1)
  temperature?: number;

  /** 0 to 1. */
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

/** The models that match, and where their requests go. */
export class ModelRuleDto {
  /** A glob on the model id: of an ARN, on its name behind the first slash, or on all of it where it begins with `arn:`. */
  @IsString()
  @IsNotEmpty()
  match!: string;

  /** In order of preference. */
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => RouteEntryDto)
  route!: RouteEntryDto[];

  /** What a request means when it says nothing. */
  @IsOptional()
  @ValidateNested()
  @Type(() => InferenceDefaultsDto)
  defaults?: InferenceDefaultsDto;

  /** Members of every upstream request, where the request itself does not set them. */
  @IsOptional()
  @IsObject()
  extraBody?: Record<string, unknown>;
}
