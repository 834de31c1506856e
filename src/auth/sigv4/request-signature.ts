import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CredentialScope, SignatureClaim } from './authorization.js';
import { canonicalRequestHash, type CanonicalParts, type ReceivedRequest } from './canonical-request.js';
import type { SigningKeys } from './signing-key.js';

export interface SignedParts extends Omit<CanonicalParts, 'host' | 'signedHeaders'> {
  /** `yyyymmddThhmmssZ`. */
  readonly date: string;
  /** Host names that the client may have signed. */
  readonly hosts: readonly string[];
}

/**
 * Whether the claimed signature of the request was made with `secret`. Signatures are compared in constant time.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html#calculate-signature
 */
export function isSignedWith(
  secret: string,
  request: ReceivedRequest,
  claim: SignatureClaim,
  context: { readonly parts: SignedParts; readonly keys: SigningKeys },
): boolean {
  const { parts, keys } = context;
  const key = keys.derive(secret, claim.scope);
  const claimed = Buffer.from(claim.signature, 'hex');
  return parts.hosts.some((host) => {
    const requestHash = canonicalRequestHash(request, { ...parts, signedHeaders: claim.signedHeaders, host });
    return timingSafeEqual(signatureOf(requestHash, key, parts.date, claim.scope), claimed);
  });
}

/** @param date `yyyymmddThhmmssZ` */
export function signatureOf(requestHash: string, key: Buffer, date: string, scope: CredentialScope): Buffer {
  return createHmac('sha256', key)
    .update(`AWS4-HMAC-SHA256\n${date}\n${scopeText(scope)}\n${requestHash}`)
    .digest();
}

export function scopeText({ day, region, service }: CredentialScope): string {
  return `${day}/${region}/${service}/aws4_request`;
}
