import type { UpstreamErrorDetails } from './upstream.error.js';

/** Finds a header by its lower-case name. */
export interface HeaderLookup {
  get(name: string): string | null;
}

type RetryAfter = Pick<UpstreamErrorDetails, 'retryAfter' | 'retryAfterMs'>;

const MS_OF_UNIT: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * How long the server asks to wait: `retry-after-ms`, else `retry-after` (seconds or a date), else the time until the
 * exhausted rate limit is reset (`x-ratelimit-reset-*`, such as `1m2.5s`).
 */
export function retryAfterOf(headers: HeaderLookup, now = Date.now()): RetryAfter {
  const retryAfter = headers.get('retry-after') ?? undefined;
  return { retryAfter, retryAfterMs: retryAfterHeaderMs(headers, now) ?? resetOf(headers) };
}

/** `retry-after-ms`, else `retry-after` → milliseconds. */
export function retryAfterHeaderMs(headers: HeaderLookup, now = Date.now()): number | undefined {
  return millisecondsOf(headers.get('retry-after-ms')) ?? delayOf(headers.get('retry-after'), now);
}

function millisecondsOf(value: string | null | undefined, unit = 1): number | undefined {
  if (value == null || value.trim() === '') return undefined;
  const amount = Number(value);
  return Number.isFinite(amount) && amount >= 0 ? Math.ceil(amount * unit) : undefined;
}

function delayOf(retryAfter: string | null, now: number): number | undefined {
  if (retryAfter === null) return undefined;
  const seconds = millisecondsOf(retryAfter, MS_OF_UNIT['s']);
  if (seconds !== undefined) return seconds;
  // an HTTP date begins with the day of the week; Date.parse also accepts `-1`
  const date = /^[a-z]/i.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function resetOf(headers: HeaderLookup): number | undefined {
  const used = ['requests', 'tokens'].filter((kind) => headers.get(`x-ratelimit-remaining-${kind}`) === '0');
  const resets = used.map((kind) => durationOf(headers.get(`x-ratelimit-reset-${kind}`)));
  const known = resets.filter((reset) => reset !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** `6m0s`, `120ms`, or plain seconds → milliseconds. */
function durationOf(duration: string | null): number | undefined {
  const seconds = millisecondsOf(duration, MS_OF_UNIT['s']);
  if (duration === null || seconds !== undefined) return seconds;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(duration)) return undefined;
  let total = 0;
  for (const [, amount, unit] of duration.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)) {
    total += Number(amount) * (MS_OF_UNIT[unit ?? ''] ?? 0);
  }
  return Math.ceil(total);
}
