import type { CachePointBlockDto } from '../../../bedrock/converse/cache-point.dto.js';
import type { CacheMarker } from '../../../openai/chat-completion.js';
import type { RequestContext } from '../request-context.js';

/** `cachePoint` → a cache marker on the part or tool before it. Ignored for servers that cache prefixes by themselves. */
export function cachePointToCacheMarker(
  { ttl }: CachePointBlockDto,
  preceding: CacheMarker | undefined,
  path: string,
  { dialect, ignored, provenance }: RequestContext,
): void {
  if (preceding === undefined || dialect.cachePoint === 'drop') {
    ignored.hint(path);
    return;
  }
  preceding.cache_control = ttl == null ? { type: 'ephemeral' } : { type: 'ephemeral', ttl };
  provenance?.member(preceding, 'cache_control', path);
}
