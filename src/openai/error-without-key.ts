import { type KeyHolder, redactKey } from '../config/redact-key.js';
import { UpstreamError } from './upstream.error.js';

/** An error → the same error with the upstream's API key redacted from the texts that the upstream sent. */
export function errorWithoutKey(error: unknown, upstream: KeyHolder): unknown {
  if (!(error instanceof UpstreamError)) return error;
  const redact = <Text extends string | undefined>(text: Text) =>
    text === undefined ? text : redactKey(text, upstream);
  const { failure, status, retryAfter, retryAfterMs, refusesRequest, reason, cause } = error;
  const [message, code, type, param] = [error.message, error.code, error.type, error.param].map(redact);
  if (message === error.message && code === error.code && type === error.type && param === error.param) {
    return error;
  }
  const details = { status, code, type, param, retryAfter, retryAfterMs, refusesRequest, reason, cause };
  return new UpstreamError(failure, message ?? '', details);
}
