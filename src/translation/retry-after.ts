import type { UpstreamError } from '../openai/upstream.error.js';

const SECONDS = /^\d{1,9}(?:\.\d{1,9})?$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const MS_PER_SECOND = 1_000;

/**
 * How long the upstream asks to wait → the headers that AWS's clients read: `retry-after` in seconds or as a
 * date, `x-amz-retry-after` in milliseconds. None when it does not say.
 */
export function retryAfterHeaders({
  retryAfter,
  retryAfterMs,
}: Pick<UpstreamError, 'retryAfter' | 'retryAfterMs'>): Record<string, string> {
  const said = retryAfter?.trim() ?? '';
  const isSeconds = SECONDS.test(said);
  const ms = waitOf(retryAfterMs) ?? (isSeconds ? Math.ceil(Number(said) * MS_PER_SECOND) : undefined);
  const seconds = ms === undefined ? undefined : String(Math.ceil(ms / MS_PER_SECOND));
  const value = isSeconds || HTTP_DATE.test(said) ? said : seconds;
  return {
    ...(value !== undefined && { 'retry-after': value }),
    ...(ms !== undefined && { 'x-amz-retry-after': String(ms) }),
  };
}

function waitOf(ms: number | undefined): number | undefined {
  return ms !== undefined && Number.isFinite(ms) && ms >= 0 ? Math.ceil(ms) : undefined;
}
