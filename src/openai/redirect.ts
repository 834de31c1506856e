import { UpstreamError } from './upstream.error.js';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const CALL = '/chat/completions';
const NOT_FOLLOWED = 'a redirect, which is not followed';

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * An answer that sends the call elsewhere → UpstreamError `status`. Its text is the proxy's own: it says where the
 * base URL should point, or which server the redirect names. Of `location` the path is told only where the rest of it
 * is the path of the call, and never a query or a user: a login page's address holds secrets in all of them.
 */
export function redirectToUpstreamError(status: number, location: string | null, url: URL): UpstreamError {
  return new UpstreamError('status', textOf(location, url), { status });
}

function textOf(location: string | null, url: URL): string {
  const target = location === null ? null : URL.parse(location, url.href);
  if (target === null || !/^https?:$/.test(target.protocol)) return NOT_FOLLOWED;
  const path = target.pathname;
  const isSameCall = path.endsWith(CALL) && isPlain(path);
  if (isSameCall)
    return `${NOT_FOLLOWED}: the base URL should be ${target.origin}${path.slice(0, -CALL.length)}`;
  return `${NOT_FOLLOWED}: to ${target.origin}`;
}

/** Short words, versions and the like, of which no part looks like a key. */
function isPlain(path: string): boolean {
  return path.split('/').every((part) => /^[\w.-]{0,24}$/.test(part));
}
