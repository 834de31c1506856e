import { timingSafeEqual } from 'node:crypto';
import type { Client } from '../../config/configuration.js';
import { incompleteSignature, unknownAccessKey, wrongSignature } from '../auth-failure.js';
import type { SignedMessage } from '../signed-message.js';
import { parseAuthorization, type SignatureClaim } from './authorization.js';
import type { ReceivedRequest } from './canonical-request.js';
import { isSignedWith } from './request-signature.js';
import { amzDateToMs, checkSkew, dayOf } from './signing-date.js';
import { SigningKeys } from './signing-key.js';

/** Bedrock's own name, and that of its second endpoint, for which Anthropic's and OpenAI's clients sign. */
const SERVICES: readonly string[] = ['bedrock', 'bedrock-mantle'];
const BODY_HASH = 'x-amz-content-sha256';
const AMBIGUOUS_SEGMENT = /\/(?:\/|\.{1,2}(?:\/|$))/;
const HEX_SHA256 = /^[0-9a-f]{64}$/;
/** Added by content delivery networks after signing. The proxy does not read it. */
const ADDED_BY_CDN = 'x-amz-cf-id';

export interface SigV4Context {
  readonly clientOf: (accessKeyId: string) => Client | undefined;
  /** Host names that the client may have signed. */
  readonly hosts: readonly string[];
  readonly nowMs: number;
  /** Reads the body, once and within the size limit. */
  readonly readBody: () => Promise<Buffer>;
  /** The SHA-256 of the same body, in hexadecimal digits. */
  readonly hashBody: () => Promise<string>;
}

/** Verifies Signature Version 4 in the Authorization header, as every AWS SDK sends it. */
export class SigV4Verifier {
  private readonly keys = new SigningKeys();

  /**
   * Returns the client that signed the request. Everything that the headers show is checked before the body is read.
   * @throws AuthFailure as AWS answers
   */
  async verify(message: SignedMessage, authorization: string, context: SigV4Context): Promise<Client> {
    const claim = parseAuthorization(authorization);
    if (claim === undefined) throw incompleteSignature('the Authorization header is malformed');
    const date = checkDate(message, claim, context.nowMs);
    checkPath(message);
    checkSignedHeaders(message, claim);
    const client = context.clientOf(claim.accessKeyId);
    if (client?.secret === undefined) throw unknownAccessKey();
    const claimedHash = claimedBodyHash(message);
    const payloadHash = claimedHash ?? (await context.hashBody());
    const received = isLengthLost(message, claim) ? withLength(message, await context.readBody()) : message;
    const parts = { date, payloadHash, hosts: context.hosts };
    const isSigned = isSignedWith(client.secret, received, claim, { parts, keys: this.keys });
    if (!isSigned || (claimedHash !== undefined && !isSame(claimedHash, await context.hashBody())))
      throw wrongSignature();
    return client;
  }
}

function checkDate(message: SignedMessage, { scope }: SignatureClaim, nowMs: number): string {
  const date = message.header('x-amz-date') ?? '';
  const signedAtMs = amzDateToMs(date);
  if (signedAtMs === undefined) throw incompleteSignature('x-amz-date must be yyyymmddThhmmssZ');
  if (scope.day !== dayOf(date))
    throw incompleteSignature('the date of the credential scope is not that of x-amz-date');
  if (!SERVICES.includes(scope.service))
    throw incompleteSignature(`the credential scope must be for the service ${SERVICES.join(' or ')}`);
  checkSkew(date, signedAtMs, nowMs);
  return date;
}

/**
 * Refuses paths with empty or dot segments. Signers normalize them but routers may not, so one signature would be valid
 * for several routes.
 */
function checkPath({ target }: SignedMessage): void {
  const [path = ''] = target.split('?', 1);
  if (AMBIGUOUS_SEGMENT.test(path)) throw incompleteSignature('the path has empty or dot segments');
}

/** Unsigned headers could have been added by anyone, so `host` and `x-amz-*` must be signed. */
function checkSignedHeaders(message: SignedMessage, { signedHeaders }: SignatureClaim): void {
  const signed = new Set(signedHeaders);
  if (!signed.has('host') && !signed.has(':authority')) throw incompleteSignature('host must be signed');
  for (const [name] of message.headers) {
    const header = name.toLowerCase();
    const mustBeSigned = header.startsWith('x-amz-') && header !== BODY_HASH && header !== ADDED_BY_CDN;
    if (mustBeSigned && !signed.has(header)) throw incompleteSignature(`${header} must be signed`);
  }
}

/** The body hash that the client claims. It is part of the signature, which can be checked before the body is read. */
function claimedBodyHash(message: SignedMessage): string | undefined {
  const claimed = message.header(BODY_HASH);
  if (claimed === undefined) return undefined;
  if (!HEX_SHA256.test(claimed)) throw incompleteSignature(`${BODY_HASH} must be the SHA-256 of the body`);
  return claimed;
}

/** Proxies that forward a body in chunks drop its content-length, which the client may have signed. */
function isLengthLost(message: SignedMessage, { signedHeaders }: SignatureClaim): boolean {
  return signedHeaders.includes('content-length') && message.header('content-length') === undefined;
}

function withLength({ method, target, headers }: SignedMessage, body: Buffer): ReceivedRequest {
  return { method, target, headers: [...headers, ['content-length', String(body.length)]] };
}

function isSame(claimedHash: string, bodyHash: string): boolean {
  return timingSafeEqual(Buffer.from(claimedHash, 'hex'), Buffer.from(bodyHash, 'hex'));
}
