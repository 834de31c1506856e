import type { TryCredential, TryRequest } from '../call.js';

/** What the page has sent → the call that it asks for; undefined when it is none. */
export function toTryRequest(value: Record<string, unknown> | undefined): TryRequest | undefined {
  const { path, body, credential } = value ?? {};
  if (typeof path !== 'string' || typeof body !== 'string') return undefined;
  if (credential === undefined) return { path, body };
  const given = toCredential(credential);
  return given && { path, body, credential: given };
}

function toCredential(value: unknown): TryCredential | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { bearer, accessKeyId, secretAccessKey } = value as Record<string, unknown>; // JSON, whose members any name may ask for
  if (isHeaderText(bearer)) return { bearer };
  return isHeaderText(accessKeyId) && isHeaderText(secretAccessKey)
    ? { accessKeyId, secretAccessKey }
    : undefined;
}

/** Of one line, in characters that a header may have. */
function isHeaderText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
