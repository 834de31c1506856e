import { hash } from 'node:crypto';

/** A request as received. It must be unmodified, since a signature covers exact bytes. */
export interface ReceivedRequest {
  readonly method: string;
  /** The request target as received: path and query, still encoded. */
  readonly target: string;
  /** Every header as received, including repeated ones. HTTP/2 has `:authority` in place of `host`. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface CanonicalParts {
  readonly signedHeaders: readonly string[];
  /** Hexadecimal SHA-256 of the body. */
  readonly payloadHash: string;
  /** The value of `host` or `:authority`. */
  readonly host: string;
  /** Query parameters that were added after signing. */
  readonly unsignedQuery?: readonly string[];
}

/**
 * The canonical request of Signature Version 4, hashed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html#create-canonical-request
 */
export function canonicalRequestHash(request: ReceivedRequest, parts: CanonicalParts): string {
  const [path = '', ...query] = request.target.split('?');
  const headers = parts.signedHeaders.map((name) => `${name}:${headerValue(request, name, parts.host)}\n`);
  const canonical = [
    request.method,
    canonicalPath(path),
    canonicalQuery(query.join('?'), parts.unsignedQuery ?? []),
    headers.join(''),
    parts.signedHeaders.join(';'),
    parts.payloadHash,
  ];
  return hash('sha256', canonical.join('\n'));
}

/**
 * Encodes each received segment once more: every service except S3 signs the doubly encoded path. Empty and dot segments
 * are resolved, as signers do.
 */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encode(segment));
  }
  const trailing = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.join('/')}${trailing}`;
}

function canonicalQuery(query: string, unsigned: readonly string[]): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [encode(decoded(name)), encode(decoded(value.join('=')))] as const;
    })
    .filter(([name]) => !unsigned.includes(name))
    .toSorted(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Text that cannot be decoded was not made by a signer, so it may stay as it is: it will not match. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Percent-encoding of RFC 3986, which encodes more characters than encodeURIComponent. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function headerValue(request: ReceivedRequest, name: string, host: string): string {
  if (name === 'host' || name === ':authority') return host;
  const values = request.headers
    .filter(([header]) => header.toLowerCase() === name)
    .map(([, value]) => value);
  return values.map((value) => value.trim().replace(/ +/g, ' ')).join(',');
}
