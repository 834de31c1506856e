import { CHAT_COMPLETIONS, type Endpoint } from './endpoint.js';
import { UpstreamError } from './upstream.error.js';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const NOT_FOLLOWED = 'a redirect, which is not followed';

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * A redirect → UpstreamError `status`. The message is the proxy's own: it says what the base URL should be, or which
 * server the redirect leads to. It contains the path of `location` only if that ends with the path of the call, and
 * never its query or user, because the URL of a login page may have secrets in all of them.
 */
export function redirectToUpstreamError(
  status: number,
  location: string | null,
  url: URL,
  endpoint: Endpoint = CHAT_COMPLETIONS,
): UpstreamError {
  return new UpstreamError('status', messageOf(location, url, endpoint), { status });
}

function messageOf(location: string | null, url: URL, endpoint: Endpoint): string {
  const target = location === null ? null : URL.parse(location, url.href);
  if (target === null || !/^https?:$/.test(target.protocol)) return NOT_FOLLOWED;
  const path = target.pathname;
  const isSameCall = path.endsWith(endpoint) && hasShortSegments(path);
  if (isSameCall)
    return `${NOT_FOLLOWED}: the base URL should be ${target.origin}${path.slice(0, -endpoint.length)}`;
  return `${NOT_FOLLOWED}: to ${target.origin}`;
}

/** Whether every segment of the path is short, like a word or a version, and so cannot be a key. */
function hasShortSegments(path: string): boolean {
  return path.split('/').every((part) => /^[\w.-]{0,24}$/.test(part));
}
