import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignatureClaim } from './authorization.js';
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
  const { day, region, service } = claim.scope;
  const key = keys.derive(secret, claim.scope);
  const claimed = Buffer.from(claim.signature, 'hex');
  return parts.hosts.some((host) => {
    const requestHash = canonicalRequestHash(request, { ...parts, signedHeaders: claim.signedHeaders, host });
    const scope = `${day}/${region}/${service}/aws4_request`;
    const signature = createHmac('sha256', key)
      .update(`AWS4-HMAC-SHA256\n${parts.date}\n${scope}\n${requestHash}`)
      .digest();
    return timingSafeEqual(signature, claimed);
  });
}
