import type { CachePointBlockDto } from '../../../bedrock/converse/cache-point.dto.js';
import type { CacheMarker } from '../../../openai/chat-completion.js';
import type { RequestContext } from '../request-context.js';

/** `cachePoint` → a marker on the part or tool before it. Most servers cache prefixes unasked. */
export function cachePointToCacheMarker(
  { ttl }: CachePointBlockDto,
  preceding: CacheMarker | undefined,
  path: string,
  { dialect, ignored }: RequestContext,
): void {
  if (preceding === undefined || dialect.cachePoint === 'drop') {
    ignored.hint(path);
    return;
  }
  preceding.cache_control = ttl == null ? { type: 'ephemeral' } : { type: 'ephemeral', ttl };
}
