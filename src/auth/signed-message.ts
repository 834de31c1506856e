import type { IncomingMessage } from 'node:http';
import { AuthFailure } from './auth-failure.js';
import type { ReceivedRequest } from './sigv4/canonical-request.js';

/** Headers used for authentication. When one is repeated, signer and proxy might read different values. */
const SINGLE = new Set([
  'authorization',
  'host',
  ':authority',
  'content-length',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
]);

/** A request as received and signed. Express rewrites `url`, and Node's `headers` merges or drops repeated headers. */
export class SignedMessage implements ReceivedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  private readonly single = new Map<string, string>();

  /** @throws AuthFailure when a header that is used for authentication is repeated */
  constructor(message: IncomingMessage & { originalUrl?: string }) {
    this.method = message.method ?? '';
    this.target = message.originalUrl ?? message.url ?? '';
    this.headers = pairs(message.rawHeaders);
    for (const [name, value] of this.headers) this.addSingle(name.toLowerCase(), value);
  }

  /** The value of a header that must not be repeated. */
  header(name: string): string | undefined {
    return this.single.get(name);
  }

  /**
   * The value of another header that must not be repeated where it is used.
   * @throws AuthFailure when it is repeated
   */
  unrepeated(name: string): string | undefined {
    const [value, ...others] = this.headers.filter(([header]) => header.toLowerCase() === name);
    if (others.length > 0) throw repeatedHeader(name);
    return value?.[1].trim();
  }

  /** The first value of any other header. */
  first(name: string): string | undefined {
    return this.headers.find(([header]) => header.toLowerCase() === name)?.[1];
  }

  private addSingle(name: string, value: string): void {
    if (!SINGLE.has(name)) return;
    if (this.single.has(name)) throw repeatedHeader(name);
    this.single.set(name, value.trim());
  }
}

function repeatedHeader(name: string): AuthFailure {
  return new AuthFailure(
    'signature',
    'InvalidSignatureException',
    `The header ${name} must not be repeated.`,
  );
}

function pairs(rawHeaders: readonly string[]): (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    found.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return found;
}
