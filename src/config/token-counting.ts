import type { DialectName } from './dialect-names.js';

/**
 * How the input tokens of a request to an upstream are counted:
 * - `auto`: by the server where its dialect can count, else estimated;
 * - `server`: by the server only;
 * - `probe`: by a real call for one token, which costs the processing of the prompt;
 * - `estimate`: from the number of characters;
 * - `refuse`: not at all.
 */
export const TOKEN_COUNTING = ['auto', 'server', 'probe', 'estimate', 'refuse'] as const;

export type TokenCounting = (typeof TOKEN_COUNTING)[number];

/** The servers that can count. `openai/token-count/token-counters.ts` has a counter for each. */
export const COUNTING_DIALECTS = [
  'llamacpp',
  'vllm',
  'sglang',
  'litellm',
] as const satisfies readonly DialectName[];

export type CountingDialect = (typeof COUNTING_DIALECTS)[number];

export function isCountingDialect(dialect: DialectName): dialect is CountingDialect {
  return COUNTING_DIALECTS.some((name) => name === dialect);
}
