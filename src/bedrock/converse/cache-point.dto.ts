import { IsOptional } from 'class-validator';
import { Choice } from '../validation/choice.decorator.js';
import { Required } from '../validation/required.decorator.js';

const CACHE_POINT_TYPES = ['default'] as const;

const CACHE_TTLS = ['5m', '1h'] as const;

export class CachePointBlockDto {
  @Required() @Choice(CACHE_POINT_TYPES) type!: (typeof CACHE_POINT_TYPES)[number];

  @IsOptional() @Choice(CACHE_TTLS) ttl?: (typeof CACHE_TTLS)[number];
}
