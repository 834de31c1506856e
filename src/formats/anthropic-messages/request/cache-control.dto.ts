import { IsOptional } from 'class-validator';
import { Choice } from '../../../bedrock/validation/choice.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';

const CACHE_TTLS = ['5m', '1h'] as const;

export class CacheControlDto {
  @Required() @Choice(['ephemeral']) type!: 'ephemeral';

  @IsOptional() @Choice(CACHE_TTLS) ttl?: (typeof CACHE_TTLS)[number];
}
