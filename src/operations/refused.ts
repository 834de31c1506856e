import type { AuthFailure } from '../auth/auth-failure.js';
import type { Exchange } from '../observability/exchange.js';

/** Records why a client is refused; the client itself is told less. */
export function refused(failure: AuthFailure, exchange: Exchange): AuthFailure {
  exchange.recordRefusal(failure.reason);
  return failure;
}
