import { Type } from 'class-transformer';
import {
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsNotEmpty,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { ClientDto } from './client.dto.js';
import { ModelRuleDto } from './model-rule.dto.js';
import { UpstreamDto } from './upstream.dto.js';

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
  /** Servers, by name. */
  @ValidateNested({ each: true })
  @Type(() => UpstreamDto)
  upstreams!: Map<string, UpstreamDto>;

  /** Which model ids go where: first match wins. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ModelRuleDto)
  models!: ModelRuleDto[];

  /** Who may call. None: everybody. */
  @IsOptional()
  @IsArray()
  @ArrayUnique((client: ClientDto) => client?.name, { message: 'two clients have the same name' })
  @ValidateNested({ each: true })
  @Type(() => ClientDto)
  clients?: ClientDto[];

  @IsOptional()
  @ValidateNested()
  @Type(() => AuthDto)
  auth?: AuthDto;
}
