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
import { ModelRuleDto } from './model-rule.dto.js';
import { UpstreamDto } from './upstream.dto.js';

/** An empty list is refused, because it is more likely a mistake than the wish to let everybody call. */
export const EMPTY_CLIENTS = 'must not be empty; without the key everybody may call';

/** How signatures are checked. */
export class AuthDto {
  /** Names with ports that clients call this service by, where a load balancer changes the Host header. */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  externalHosts?: string[];

  /** Accept the name in `X-Forwarded-Host` as signed: only behind a proxy that sets it itself. */
  @IsOptional()
  @IsBoolean()
  trustForwardedHost?: boolean;
}

/** What `CONFIG_FILE` holds. */
export class ConfigFileDto {
  /** Where the JSON Schema of this file is, for editors. */
  @IsOptional()
  @IsString()
  $schema?: string;

  /** Servers, by name: letters, digits, `.`, `_` and `-`. */
  @IsInstance(Map, { message: 'must be an object that holds each server under its name' })
  @ValidateNested({ each: true })
  @Type(() => UpstreamDto)
  upstreams!: Map<string, UpstreamDto>;

  /** Which model ids go where: first match wins. */
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => ModelRuleDto)
  models!: ModelRuleDto[];

  /** Who may call; left out: everybody. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty({ message: EMPTY_CLIENTS })
  @ValidateNested({ each: true })
  @Type(() => ClientDto)
  clients?: ClientDto[];

  /** How signatures are checked, where something stands before the proxy. */
  @IsOptional()
  @ValidateNested()
  @Type(() => AuthDto)
  auth?: AuthDto;
}
