import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsInstance,
  IsNotEmpty,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { ClientDto } from './client.dto.js';
import { GuardrailDto } from './guardrail.dto.js';
import { ModelRuleDto } from './model-rule.dto.js';
import { RequestMetadataDto } from './request-metadata.dto.js';
import { S3Dto } from './s3.dto.js';
import { PromptDto } from './prompt.dto.js';
import { UpstreamDto } from './upstream.dto.js';

/** An empty list is refused, because it is more likely an error than the wish to let everybody call. */
export const EMPTY_CLIENTS = 'must not be empty; without the key everybody may call';

/** How signatures are checked. */
export class AuthDto {
  /** Host names, with ports, that clients use for the proxy when a load balancer changes the Host header. */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  externalHosts?: string[];

  /** Also accept signatures for the host in `X-Forwarded-Host`. Use it only behind a proxy that sets this header. */
  @IsOptional()
  @IsBoolean()
  trustForwardedHost?: boolean;
}

/** The configuration file, which `CONFIG_FILE` names. */
export class ConfigFileDto {
  /** Location of the JSON Schema of this file, for editors. */
  @IsOptional()
  @IsString()
  $schema?: string;

  /** The OpenAI-compatible servers by name. A name has letters, digits, `.`, `_` and `-`. */
  @IsInstance(Map, { message: 'must be an object that holds each server under its name' })
  @ValidateNested({ each: true })
  @Type(() => UpstreamDto)
  upstreams!: Map<string, UpstreamDto>;

  /** Rules that say where each model id is sent. The first rule that matches is used. */
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => ModelRuleDto)
  models!: ModelRuleDto[];

  /** The clients that may call the proxy. Default: everybody. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty({ message: EMPTY_CLIENTS })
  @ValidateNested({ each: true })
  @Type(() => ClientDto)
  clients?: ClientDto[];

  /** Guardrails that requests can name. Default: none, and requests that name one are answered without it. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => GuardrailDto)
  guardrails?: GuardrailDto[];

  /** What becomes of the `requestMetadata` of requests. Default: nothing, it is ignored and reported. */
  @IsOptional()
  @ValidateNested()
  @Type(() => RequestMetadataDto)
  requestMetadata?: RequestMetadataDto;

  /** Where `s3Location` in requests is read. Default: nowhere, and such requests are refused. */
  @IsOptional()
  @ValidateNested()
  @Type(() => S3Dto)
  s3?: S3Dto;

  /** Prompts that requests can name in place of a model: one entry for each version. Default: none. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => PromptDto)
  prompts?: PromptDto[];

  /** Folder with further prompts, one version a file, as `aws bedrock-agent get-prompt` prints it or in YAML. A relative path starts at the configuration file's directory. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  promptsFolder?: string;

  /** How signatures are checked when a load balancer stands in front of the proxy. */
  @IsOptional()
  @ValidateNested()
  @Type(() => AuthDto)
  auth?: AuthDto;
}
