import { createHmac, hash } from 'node:crypto';
import type { CredentialScope } from './authorization.js';

/** A key lives a day; so many clients and regions are remembered. */
const MAX_KEYS = 1_000;

/** Secret and scope → the key that signs, derived once a day for each. */
export class SigningKeys {
  private readonly keys = new Map<string, Buffer>();

  derive(secret: string, { day, region, service }: CredentialScope): Buffer {
    // by digest, so that no secret is a key of a map
    const name = hash('sha256', [secret, day, region, service].join('\n'));
    const known = this.keys.get(name);
    if (known !== undefined) return known;
    const key = [day, region, service, 'aws4_request'].reduce(hmac, Buffer.from(`AWS4${secret}`));
    if (this.keys.size >= MAX_KEYS) this.keys.clear();
    this.keys.set(name, key);
    return key;
  }
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
