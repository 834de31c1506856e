import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { InspectorError } from '../inspector.error.js';

const COOKIE = 'inspector';
const TOKEN_BYTES = 32;
const MAX_SESSIONS = 20;
const MAX_ATTEMPTS = 5;
const ATTEMPTS_WINDOW_MS = 60_000;

/** Who may look: everybody on loopback, or, with a key, who has logged in with it. No client's key opens it. */
export class OperatorSessions {
  /** Each session's cookie → the token that its page sends along. */
  readonly #sessions = new Map<string, string>();
  readonly #keyDigest: Buffer | undefined;
  /** For pages that need no login. */
  readonly #openToken = newToken();
  #attempts: number[] = [];

  /**
   * @param keyFile holds the SHA-256 of the key in hexadecimal
   * @throws StartupError when the file is wrong
   */
  constructor(keyFile: string | undefined) {
    if (keyFile !== undefined) this.#keyDigest = readDigest(keyFile);
  }

  /** The token of the request's session; undefined when it has none. */
  tokenOf(request: IncomingMessage): string | undefined {
    if (this.#keyDigest === undefined) return this.#openToken;
    const cookie = cookieOf(request);
    return cookie === undefined ? undefined : this.#sessions.get(cookie);
  }

  /**
   * Tries a key.
   * @returns the value of `Set-Cookie`; `wrong`; or `wait` after too many wrong keys
   */
  logIn(key: string): { readonly cookie: string } | 'wrong' | 'wait' {
    const now = Date.now();
    this.#attempts = this.#attempts.filter((at) => now - at < ATTEMPTS_WINDOW_MS);
    if (this.#attempts.length >= MAX_ATTEMPTS) return 'wait';
    const digest = Buffer.from(hash('sha256', key, 'hex'), 'hex');
    if (this.#keyDigest === undefined || !timingSafeEqual(digest, this.#keyDigest)) {
      this.#attempts.push(now);
      return 'wrong';
    }
    return { cookie: this.#open() };
  }

  #open(): string {
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    const session = newToken();
    this.#sessions.set(session, newToken());
    return `${COOKIE}=${session}; HttpOnly; SameSite=Strict; Path=/inspector`;
  }
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

function cookieOf({ headers }: IncomingMessage): string | undefined {
  const pairs = (headers.cookie ?? '').split(/; */).map((pair) => pair.split('='));
  return pairs.find(([name]) => name === COOKIE)?.[1];
}

function readDigest(keyFile: string): Buffer {
  const text = readOrFail(keyFile).trim();
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  throw new InspectorError('Bad configuration', [
    'INSPECTOR_KEY_FILE must hold the SHA-256 of a key, 64 hexadecimal digits',
  ]);
}

function readOrFail(keyFile: string): string {
  try {
    return readFileSync(keyFile, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // as Node defines
    throw new InspectorError('Bad configuration', [
      `INSPECTOR_KEY_FILE: ${keyFile} cannot be read (${code})`,
    ]);
  }
}
