import { hash } from 'node:crypto';
import type { Client } from '../../config/configuration.js';
import { wrongBearerKey } from '../auth-failure.js';
import { ShortTermKeys } from './short-term-key.js';

export interface BearerContext {
  readonly clientOfAccessKey: (accessKeyId: string) => Client | undefined;
  readonly clientOfBearerDigest: (sha256: string) => Client | undefined;
  readonly nowMs: number;
}

/** Checks Bedrock API keys: `Authorization: Bearer …`. */
export class BearerVerifier {
  private readonly shortTermKeys = new ShortTermKeys();

  /**
   * Returns the client that the key belongs to. A long-term key is looked up by its SHA-256 digest, so the time of the
   * lookup reveals nothing about the key.
   * @throws BedrockException `AccessDeniedException`
   */
  verify(bearerKey: string, context: BearerContext): Client {
    if (ShortTermKeys.matches(bearerKey)) {
      return this.shortTermKeys.verify(bearerKey, context.clientOfAccessKey, context.nowMs);
    }
    const client = context.clientOfBearerDigest(hash('sha256', bearerKey));
    if (client === undefined) throw wrongBearerKey();
    return client;
  }
}
