import { IsIn, IsOptional } from 'class-validator';

/** The end of what the model's server may keep in its cache. */
export class PromptCachePointDto {
  /** Always `default`. */
  @IsIn(['default'])
  type!: 'default';

  /** How long it is kept: `5m` or `1h`. Default: as the server does. */
  @IsOptional()
  @IsIn(['5m', '1h'])
  ttl?: '5m' | '1h';
}
