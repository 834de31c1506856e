import { hash } from 'node:crypto';
import { canonicalRequestHash } from './canonical-request.js';
import { scopeText, signatureOf } from './request-signature.js';
import { dayOf, toAmzDate } from './signing-date.js';
import { deriveSigningKey } from './signing-key.js';

export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface UnsignedRequest {
  readonly method: string;
  /** Path and query, encoded as they are sent. */
  readonly target: string;
  /** With the port, as the `host` header has it. */
  readonly host: string;
  readonly body: string;
}

/** The proxy looks at no region, so any will do. */
const REGION = 'us-east-1';
const SERVICE = 'bedrock';
const SIGNED_HEADERS = ['host', 'x-amz-content-sha256', 'x-amz-date'];

/** The headers that sign a request of this process to itself, with the key pair of a client. Nothing is kept. */
export function signingHeaders(
  { method, target, host, body }: UnsignedRequest,
  { accessKeyId, secretAccessKey }: KeyPair,
  nowMs: number,
): Readonly<Record<string, string>> {
  const date = toAmzDate(nowMs);
  const scope = { day: dayOf(date), region: REGION, service: SERVICE };
  const payloadHash = hash('sha256', body);
  const headers = { host, 'x-amz-content-sha256': payloadHash, 'x-amz-date': date };
  const requestHash = canonicalRequestHash(
    { method, target, headers: Object.entries(headers) },
    { signedHeaders: SIGNED_HEADERS, payloadHash, host },
  );
  const key = deriveSigningKey(secretAccessKey, scope);
  const signature = signatureOf(requestHash, key, date, scope).toString('hex');
  const credential = `${accessKeyId}/${scopeText(scope)}`;
  const claim = `Credential=${credential}, SignedHeaders=${SIGNED_HEADERS.join(';')}, Signature=${signature}`;
  return { ...headers, authorization: `AWS4-HMAC-SHA256 ${claim}` };
}
