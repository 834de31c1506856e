import { AuthFailure } from '../auth-failure.js';

const AMZ_DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;
const MS_PER_MINUTE = 60_000;
const MAX_SKEW_MINUTES = 5;

/** `yyyymmddThhmmssZ` → milliseconds since 1970, or undefined when malformed. */
export function amzDateToMs(date: string): number | undefined {
  const match = AMZ_DATE.exec(date);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** `yyyymmddThhmmssZ` → `yyyymmdd`, as in a credential scope. */
export function dayOf(date: string): string {
  return date.slice(0, date.indexOf('T'));
}

/**
 * Checks that a signature is at most five minutes old, or five minutes ahead. The messages are AWS's: SDKs recognize
 * them, correct their clock by the response's Date header, and sign again.
 * @throws AuthFailure `InvalidSignatureException`
 */
export function checkSkew(date: string, signedAtMs: number, nowMs: number): void {
  const skewMs = MAX_SKEW_MINUTES * MS_PER_MINUTE;
  const now = toAmzDate(nowMs);
  if (signedAtMs < nowMs - skewMs) {
    const limit = toAmzDate(nowMs - skewMs);
    throw new AuthFailure(
      'clock',
      'InvalidSignatureException',
      `Signature expired: ${date} is now earlier than ${limit} (${now} - ${MAX_SKEW_MINUTES} min.)`,
    );
  }
  if (signedAtMs > nowMs + skewMs) {
    const limit = toAmzDate(nowMs + skewMs);
    throw new AuthFailure(
      'clock',
      'InvalidSignatureException',
      `Signature not yet current: ${date} is still later than ${limit} (${now} + ${MAX_SKEW_MINUTES} min.)`,
    );
  }
}

/** Milliseconds since 1970 → `yyyymmddThhmmssZ`. */
export function toAmzDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
