import type { CountingDialect } from '../../config/token-counting.js';
import { unusable } from '../upstream.error.js';

/** What counted: a kind of server, a call for one token, or the characters of the request. */
type TokenCountSource = CountingDialect | 'probe' | 'characters';

export interface TokenCount {
  readonly tokens: number;
  /** Whether a real call would report the same number. */
  readonly isExact: boolean;
  readonly source: TokenCountSource;
}

/** `exact;source=vllm` */
export function describeTokenCount({ isExact, source }: TokenCount): string {
  return `${isExact ? 'exact' : 'estimated'};source=${source}`;
}

/** Bedrock's counts are 32-bit integers. */
const MAX_TOKENS = 2_147_483_647;

/**
 * The number of tokens in a member of a server's answer.
 * @throws UpstreamError `unusable` if it is not a number
 */
export function tokensIn(answer: Readonly<Record<string, unknown>>, member: string): number {
  const tokens = answer[member];
  if (typeof tokens !== 'number' || !Number.isInteger(tokens) || tokens < 0) {
    throw unusable(`an answer without a number of tokens in ${member}`);
  }
  return Math.min(tokens, MAX_TOKENS);
}
