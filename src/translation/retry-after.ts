import type { UpstreamError } from '../openai/upstream.error.js';

const SECONDS = /^\d{1,9}(?:\.\d{1,9})?$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const MS_PER_SECOND = 1_000;

/**
 * The upstream's Retry-After → the headers that AWS clients read: `retry-after` in seconds or as an HTTP date, and
 * `x-amz-retry-after` in milliseconds. No headers when the upstream sent none.
 */
export function retryAfterHeaders({
  retryAfter,
  retryAfterMs,
}: Pick<UpstreamError, 'retryAfter' | 'retryAfterMs'>): Record<string, string> {
  const value = retryAfter?.trim() ?? '';
  const isSeconds = SECONDS.test(value);
  const ms = validWaitMs(retryAfterMs) ?? (isSeconds ? Math.ceil(Number(value) * MS_PER_SECOND) : undefined);
  const seconds = ms === undefined ? undefined : String(Math.ceil(ms / MS_PER_SECOND));
  const header = isSeconds || HTTP_DATE.test(value) ? value : seconds;
  return {
    ...(header !== undefined && { 'retry-after': header }),
    ...(ms !== undefined && { 'x-amz-retry-after': String(ms) }),
  };
}

function validWaitMs(ms: number | undefined): number | undefined {
  return ms !== undefined && Number.isFinite(ms) && ms >= 0 ? Math.ceil(ms) : undefined;
}
