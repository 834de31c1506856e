import { hash } from 'node:crypto';
import type { Client } from '../../config/configuration.js';
import { wrongBearerKey } from '../auth-failure.js';
import { parseClaim } from '../sigv4/authorization.js';
import { isSignedWith } from '../sigv4/request-signature.js';
import { amzDateToMs, dayOf } from '../sigv4/signing-date.js';
import { SigningKeys } from '../sigv4/signing-key.js';

const PREFIX = 'bedrock-api-key-';
const HOST = 'bedrock.amazonaws.com';
const EMPTY_BODY = hash('sha256', '');
/** Query parameters that are added after signing. */
const UNSIGNED_QUERY = ['X-Amz-Signature', 'Version'];
const MS_PER_SECOND = 1_000;
const MAX_LIFE_SECONDS = 43_200;
const MAX_SKEW_MS = 300_000;
/** Enough for a key with the longest session token. */
const MAX_KEY_CHARACTERS = 16_384;

/**
 * Verifies the short-term keys that AWS's token generators derive from an access key: a URL in base64, presigned for at
 * most 12 hours.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-how.html
 */
export class ShortTermKeys {
  private readonly keys = new SigningKeys();

  static matches(bearerKey: string): boolean {
    return bearerKey.startsWith(PREFIX);
  }

  /**
   * Returns the client whose access key signed the URL.
   * @throws BedrockException `AccessDeniedException`
   */
  verify(bearerKey: string, clientOf: (accessKeyId: string) => Client | undefined, nowMs: number): Client {
    if (bearerKey.length > MAX_KEY_CHARACTERS) throw wrongBearerKey();
    const url = Buffer.from(bearerKey.slice(PREFIX.length), 'base64').toString();
    const target = url.startsWith(`${HOST}/`) ? url.slice(HOST.length) : '';
    const query = new URLSearchParams(target.slice(target.indexOf('?') + 1));
    const claim = parseClaim({
      credential: one(query, 'X-Amz-Credential'),
      signedHeaders: one(query, 'X-Amz-SignedHeaders'),
      signature: one(query, 'X-Amz-Signature'),
    });
    const client = claim && clientOf(claim.accessKeyId);
    if (client?.secret === undefined || claim === undefined) throw wrongBearerKey();
    const date = one(query, 'X-Amz-Date') ?? '';
    if (!isForBedrock(query, claim.scope.service) || !isCurrent(query, date, nowMs)) throw wrongBearerKey();
    if (claim.scope.day !== dayOf(date)) throw wrongBearerKey();
    const request = { method: 'POST', target, headers: [] };
    const parts = { date, payloadHash: EMPTY_BODY, hosts: [HOST], unsignedQuery: UNSIGNED_QUERY };
    if (!isSignedWith(client.secret, request, claim, { parts, keys: this.keys })) throw wrongBearerKey();
    return client;
  }
}

function one(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}

function isForBedrock(query: URLSearchParams, service: string): boolean {
  return (
    service === 'bedrock' &&
    one(query, 'Action') === 'CallWithBearerToken' &&
    one(query, 'X-Amz-SignedHeaders') === 'host'
  );
}

function isCurrent(query: URLSearchParams, date: string, nowMs: number): boolean {
  const seconds = Number(one(query, 'X-Amz-Expires'));
  const signedAtMs = amzDateToMs(date);
  if (signedAtMs === undefined || !(seconds >= 1 && seconds <= MAX_LIFE_SECONDS)) return false;
  return signedAtMs <= nowMs + MAX_SKEW_MS && nowMs <= signedAtMs + seconds * MS_PER_SECOND;
}
