import { createHmac, hash } from 'node:crypto';
import type { CredentialScope } from './authorization.js';

/** Cached keys: one for each client, region and day. */
const MAX_KEYS = 1_000;

/** Derives signing keys from secret and credential scope, and caches them. */
export class SigningKeys {
  private readonly keys = new Map<string, Buffer>();

  derive(secret: string, { day, region, service }: CredentialScope): Buffer {
    // a digest, so that the map holds no secrets as keys
    const name = hash('sha256', [secret, day, region, service].join('\n'));
    const known = this.keys.get(name);
    if (known !== undefined) return known;
    const key = deriveSigningKey(secret, { day, region, service });
    if (this.keys.size >= MAX_KEYS) this.keys.clear();
    this.keys.set(name, key);
    return key;
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html#calculate-signature */
export function deriveSigningKey(secret: string, { day, region, service }: CredentialScope): Buffer {
  return [day, region, service, 'aws4_request'].reduce(hmac, Buffer.from(`AWS4${secret}`));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
